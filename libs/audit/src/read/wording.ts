import { type Locale, say, tell } from '@app/wording';
import type { AuditRow } from './audit.tables.js';

/** Fields of events that hold a member id, whatever the event. */
const persons = new Set([
  'about',
  'author',
  'by',
  'convener',
  'enteredBy',
  'expertId',
  'facilitator',
  'founder',
  'from',
  'invitedBy',
  'lead',
  'leader',
  'memberId',
  'nominee',
  'person',
  'secretary',
  'to',
]);
/** What no person did: a policy, or the clock. */
export const byItself = (actor: string): boolean => /^(policy|clock):/.test(actor);
/** `from` and `to` are persons in some events and days in others. */
const isPerson = (field: string, value: unknown): value is string =>
  persons.has(field) && typeof value === 'string' && !/^\d{4}-\d{2}-\d{2}/.test(value);

/**
 * Acts by which a person answers, objects, names somebody or says why: who did them is told inside the circle only (method §3.11, house §10).
 * Acts rather than events: the last answer of a round also writes its end, and would tell whose it was.
 */
export const veiledActs: ReadonlySet<string> = new Set([
  'GiveConsent',
  'RaiseObjection',
  'DisputeAnswer',
  'ProposeIntegration',
  'ConfirmResolved',
  'AdoptObjection',
  'RequestObjectionTest',
  'JudgeObjection',
  'CloseObjectionTest',
  'Nominate',
  'GiveReason',
  'ChangeNomination',
  'GiveElectionConsent',
  'RaiseElectionObjection',
  'DisputeElectionAnswer',
  'ProposeElectionIntegration',
  'ConfirmElectionIntegration',
  'AdoptElectionObjection',
  'DeclineOffice',
  'RevealNominations',
]);

/** The ids an entry names, to be looked up in one go. */
export function personsIn({ actor, particulars }: Pick<AuditRow, 'actor' | 'particulars'>): string[] {
  const named = Object.entries(particulars).flatMap(([field, value]) => (isPerson(field, value) ? [value] : []));
  return byItself(actor) ? named : [actor, ...named];
}

/** An entry as a sentence. `names` maps member ids to names; null where a person was forgotten. */
export function sentenceOf(
  row: Pick<AuditRow, 'actor' | 'category' | 'type' | 'office' | 'particulars'>,
  names: ReadonlyMap<string, string | null>,
  locale: Locale,
  veiled = false,
): string {
  const person = (id: string): string => {
    if (veiled) return say(locale, 'SOMEBODY_OF_THE_CIRCLE');
    if (id === 'outside') return say(locale, 'OUTSIDE_SEARCH');
    const name = names.get(id);
    if (name === undefined) return id;
    return name ?? say(locale, 'FORGOTTEN_PERSON');
  };
  const said = Object.entries(row.particulars).map(([field, value]) => [
    field,
    isPerson(field, value) ? person(value) : value,
  ]);
  const actor = byItself(row.actor) ? say(locale, 'BY_ITSELF') : person(row.actor);
  return tell(locale, row.category, row.type, { ...Object.fromEntries(said), actor });
}
