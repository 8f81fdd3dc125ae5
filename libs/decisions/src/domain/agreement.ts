import {
  civilDateOf,
  type CivilDate,
  type Decider,
  type Instant,
  type RefuseUnless,
  refuseUnless as any,
} from '@app/kernel';
import type { AgreementNow } from './about-agreement.js';
import type { AgreementEvent } from './agreement.events.js';
import type { Agreement, KnownAgreement } from './agreement.states.js';
import { type AgreementSteps, agreementSteps } from './agreement.steps.js';
import { agreementTimeSteps } from './agreement-time.steps.js';
import { type AgreementStatus, binds, statusOn } from './agreement-time.js';

export type { Agreement, KnownAgreement } from './agreement.states.js';

export const agreementRefusals = ['AGREEMENT_UNKNOWN', 'AGREEMENT_NOT_IN_FORCE', 'AGREEMENT_BASE_CHANGED'] as const;
const refuseUnless: RefuseUnless<(typeof agreementRefusals)[number]> = any;

/** One step for every event there is: a type without one does not compile. */
const steps: AgreementSteps = { ...agreementSteps, ...agreementTimeSteps };

/** The stream `agreement-<agreementId>`: a decision in force, until it ends (method §3.9). */
export const agreement: Decider<Agreement, AgreementEvent> = {
  category: 'agreement',
  initial: { state: 'absent' },
  evolve: (state, fact) => (steps[fact.type] as (state: Agreement, data: unknown) => Agreement)(state, fact.data),
};

export const statusAt = ({ ended, turns }: KnownAgreement, today: CivilDate): AgreementStatus =>
  ended ?? statusOn(today, turns);

/** What a proposal may rely on: the agreement as it stands at this instant, whatever has been announced. */
export function standingOf(it: KnownAgreement, now: Instant): AgreementNow {
  const { agreementId, circleId, version, text, zone } = it;
  return { agreementId, circleId, version, text, status: statusAt(it, civilDateOf(now, zone)) };
}

type DataOf<T extends AgreementEvent['type']> = Extract<AgreementEvent, { type: T }>['data'];

/** A decision takes effect, once. Its dates and its text are those that everybody consented to, and only a decision changes them. */
export function takeEffect(state: Agreement, input: DataOf<'AgreementTookEffect'>): AgreementEvent[] {
  if (state.state === 'known') return []; // INV-50
  return [{ type: 'AgreementTookEffect', data: input }];
}

/** What was consented to about an agreement: in which proposal, on which of its versions, and on what day. */
export type Change = { readonly proposalId: string; readonly decided: number; readonly base: number };

/**
 * The agreement as this decision may change it. It bound on the day of the decision, whatever has been announced since (INV-51), and it
 * reads as it did when the change was written: of two decisions on one version the second is refused (INV-54).
 */
function changeable(state: Agreement, { base }: Change, decidedOn: CivilDate): KnownAgreement {
  refuseUnless(state.state === 'known', 'AGREEMENT_UNKNOWN');
  const status = statusAt(state, decidedOn);
  refuseUnless(binds(status), 'AGREEMENT_NOT_IN_FORCE', { status }); // INV-51
  refuseUnless(base === state.version, 'AGREEMENT_BASE_CHANGED', { base, current: state.version }); // INV-54
  return state;
}

const isDone = (state: Agreement, { proposalId }: Change): boolean =>
  state.state === 'known' && state.decisions.includes(proposalId);

/** A new version of it, with new dates: the only way to another review date (INV-50). */
export function changeTerms(
  state: Agreement,
  {
    type,
    ...terms
  }: Omit<DataOf<'AgreementRenewed'>, 'version'> & { readonly type: 'AgreementRenewed' | 'AgreementAmended' },
): AgreementEvent[] {
  if (isDone(state, terms)) return [];
  const { version } = changeable(state, terms, terms.decidedOn);
  return [{ type, data: { ...terms, version: version + 1 } }];
}

export function repeal(state: Agreement, input: DataOf<'AgreementRepealed'>): AgreementEvent[] {
  if (isDone(state, input)) return [];
  changeable(state, input, input.effectiveOn);
  return [{ type: 'AgreementRepealed', data: input }];
}

/** Another agreement takes its place. */
export function supersede(state: Agreement, input: DataOf<'AgreementSuperseded'>): AgreementEvent[] {
  if (isDone(state, input)) return [];
  changeable(state, input, input.effectiveOn);
  return [{ type: 'AgreementSuperseded', data: input }];
}
