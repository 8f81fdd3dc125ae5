import type { Deadline, Decider } from '@app/kernel';
import type { ElectedOffice, ElectionEvent, ElectionRules } from './election.events.js';

export interface Term {
  readonly from: string;
  readonly to: Deadline;
}
export interface Pair {
  readonly by: string;
  /** A member id, or `outside`. */
  readonly nominee: string;
}
export interface Reason {
  readonly reasonId: string;
  readonly by: string;
  readonly about: string;
}
export interface Answer {
  readonly enteredBy: string;
  /** The objection that is this person's answer; absent: no objection. */
  readonly objectionId?: string;
  readonly concern?: string | null;
}
export interface Objection {
  readonly objectionId: string;
  /** Whose word alone resolves it: its author, or who adopted it. */
  readonly holder: string;
  readonly status: 'open' | 'integrated' | 'orphaned';
}

interface Called {
  readonly electionId: string;
  readonly circleId: string;
  readonly communityId: string;
  readonly office: ElectedOffice;
  readonly seat: number;
  /** How many times nominations were opened. */
  readonly round: number;
}
interface Described extends Called {
  readonly term: Term;
}
interface Nominating extends Described {
  readonly meetingId: string;
  readonly rules: ElectionRules;
  readonly lead: string;
  readonly roster: readonly string[];
  readonly keyId: string;
  /** Ciphertexts by nominator. */
  readonly sealed: Readonly<Record<string, string>>;
}
interface Named extends Described {
  readonly meetingId: string;
  readonly rules: ElectionRules;
  /** Who leads up to the proposal. */
  readonly lead: string;
  /** Who leads the proposing and consent phases, where that is somebody else (method §4.4). */
  readonly proposer?: string;
  readonly pairs: readonly Pair[];
  /** Every name that was ever nominated in this round. */
  readonly named: readonly string[];
  readonly reasons: readonly Reason[];
  readonly changed: readonly string[];
  readonly declined: readonly string[];
}
interface Proposed extends Named {
  readonly person: string;
}
interface InRound extends Proposed {
  readonly roundId: string;
  /** The nominee is last. */
  readonly roster: readonly string[];
  readonly quorum: number;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly objections: Readonly<Record<string, Objection>>;
}
interface Integrating extends InRound {
  readonly integrations: Readonly<Record<string, { readonly objectionId: string; readonly term?: Term }>>;
}
interface Accepting extends Proposed {
  readonly roundId: string;
  readonly explicit: readonly string[];
}

interface Shapes {
  Called: Called;
  RoleDescribed: Described;
  Nominating: Nominating;
  Revealed: Named;
  Reasons: Named;
  Changing: Named;
  Proposed: Proposed;
  ConsentRound: InRound;
  Integrating: Integrating;
  /** The circle consented; the person has not accepted yet (INV-66). */
  Accepting: Accepting;
  Declined: Named;
  Elected: Called & { readonly person: string; readonly effectRefused: boolean };
  Cancelled: Called;
}
export type Phase = keyof Shapes;
/** An election in one of these phases. */
export type In<P extends Phase> = { [K in P]: { readonly phase: K } & Shapes[K] }[P];
export type Election = { readonly phase: 'absent' } | In<Phase>;

export const discussing = ['Revealed', 'Reasons', 'Changing'] as const;
export const named = [...discussing, 'Proposed', 'ConsentRound', 'Integrating', 'Accepting', 'Declined'] as const;
const described = ['RoleDescribed', 'Nominating', ...named] as const;
const living = ['Called', ...described] as const;

/** The election, when it is in one of these phases. */
export function inOneOf<P extends Phase>(state: Election, phases: readonly P[]): In<P> | undefined {
  return (phases as readonly string[]).includes(state.phase) ? (state as unknown as In<P>) : undefined;
}

/** The part of the state that stays when nominations begin anew or the election ends. */
export const calledPart = ({ electionId, circleId, communityId, office, seat, round }: Called): Called => ({
  electionId,
  circleId,
  communityId,
  office,
  seat,
  round,
});
const namedPart = (it: Named): Named => {
  const { term, meetingId, rules, lead, proposer, pairs, reasons, changed, declined } = it;
  const names = it.named;
  const kept = { term, meetingId, rules, lead, proposer, pairs, named: names, reasons, changed, declined };
  return { ...calledPart(it), ...kept };
};
const union = (list: readonly string[], ...more: string[]): string[] => [...new Set([...list, ...more])];
const without = <V>(from: Readonly<Record<string, V>>, keys: readonly string[]): Record<string, V> =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));

type DataOf<T extends ElectionEvent['type']> = Extract<ElectionEvent, { type: T }>['data'];

/** The state in a phase where this event can be; anything else is a corrupt stream. */
function during<P extends Phase>(state: Election, type: string, phases: readonly P[]): In<P> {
  const it = inOneOf(state, phases);
  if (it === undefined) throw new Error(`${type} in phase ${state.phase}: the stream is corrupt`);
  return it;
}

function withObjection(it: In<'ConsentRound' | 'Integrating'>, objection: Objection): Election {
  const objections = { ...it.objections, [objection.objectionId]: objection };
  const open = Object.values(objections).some(({ status }) => status === 'open');
  // With the last objection integrated the person stands proposed again, and everybody is asked anew.
  if (it.phase === 'Integrating' && !open) return { ...namedPart(it), person: it.person, phase: 'Proposed' };
  return { ...it, objections };
}

function objectionIn(
  state: Election,
  type: string,
  objectionId: string,
): [In<'ConsentRound' | 'Integrating'>, Objection] {
  const it = during(state, type, ['ConsentRound', 'Integrating']);
  const objection = it.objections[objectionId];
  if (objection === undefined) throw new Error(`${type} of an unknown objection: the stream is corrupt`);
  return [it, objection];
}

function reduced(state: Election, { left, quorum }: DataOf<'ElectionRosterReduced'>): Election {
  const it = during(state, 'ElectionRosterReduced', ['Nominating', 'ConsentRound']);
  const roster = it.roster.filter((member) => !left.includes(member));
  if (it.phase === 'Nominating') return { ...it, roster, sealed: without(it.sealed, left) };
  return { ...it, roster, quorum, answers: without(it.answers, left) };
}

function disputed(state: Election, { by, objectionId }: DataOf<'ElectionAnswerDisputed'>): Election {
  const it = during(state, 'ElectionAnswerDisputed', ['ConsentRound']);
  const objections = objectionId === undefined ? it.objections : without(it.objections, [objectionId]);
  return { ...it, answers: without(it.answers, [by]), objections };
}

function integrated(state: Election, data: DataOf<'ElectionObjectionIntegrated'>): Election {
  const [it, objection] = objectionIn(state, 'ElectionObjectionIntegrated', data.objectionId);
  const offer = it.phase === 'Integrating' && data.integrationId ? it.integrations[data.integrationId] : undefined;
  // Taken back while the round is open: the answer it was is owed again.
  const theirs = Object.keys(it.answers).filter((by) => it.answers[by]?.objectionId === data.objectionId);
  const answers = it.phase === 'ConsentRound' ? without(it.answers, theirs) : it.answers;
  return withObjection({ ...it, answers, term: offer?.term ?? it.term }, { ...objection, status: 'integrated' });
}

function changedBy(state: Election, { by, to, reasonId }: DataOf<'NominationChanged'>): Election {
  const it = during(state, 'NominationChanged', ['Changing']);
  return {
    ...it,
    pairs: it.pairs.map((pair) => (pair.by === by ? { by, nominee: to } : pair)),
    named: union(it.named, to),
    reasons: [...it.reasons, { reasonId, by, about: to }],
    changed: [...it.changed, by],
  };
}

type Evolve = { readonly [T in ElectionEvent['type']]: (state: Election, data: DataOf<T>) => Election };

const on: Evolve = {
  ElectionCalled: (_, { electionId, circleId, communityId, office, seat }) => ({
    phase: 'Called',
    electionId,
    circleId,
    communityId,
    office,
    seat,
    round: 0,
  }),
  RoleDescribed: (state, { from, to }) => {
    const it = during(state, 'RoleDescribed', ['Called', 'RoleDescribed', 'Changing']);
    return { ...calledPart(it), phase: 'RoleDescribed', term: { from, to } };
  },
  NominationsOpened: (state, { round, roster, keyId, lead, meetingId, rules }) => {
    const it = during(state, 'NominationsOpened', ['RoleDescribed']);
    return { ...it, phase: 'Nominating', round, roster, keyId, lead, meetingId, rules, sealed: {} };
  },
  NominationSealed: (state, { by, ciphertext }) => {
    const it = during(state, 'NominationSealed', ['Nominating']);
    return { ...it, sealed: { ...it.sealed, [by]: ciphertext } };
  },
  NominationsRevealed: (state, { pairs }) => {
    const it = during(state, 'NominationsRevealed', ['Nominating']);
    const { term, meetingId, rules, lead } = it;
    const names = union([], ...pairs.map(({ nominee }) => nominee));
    const fresh = { pairs, named: names, reasons: [], changed: [], declined: [] };
    return { ...calledPart(it), phase: 'Revealed', term, meetingId, rules, lead, ...fresh };
  },
  ReasonsOpened: (state) => ({ ...during(state, 'ReasonsOpened', ['Revealed']), phase: 'Reasons' }),
  ReasonGiven: (state, { reasonId, by, about }) => {
    const it = during(state, 'ReasonGiven', ['Reasons']);
    return { ...it, reasons: [...it.reasons, { reasonId, by, about }] };
  },
  ChangesOpened: (state) => ({ ...during(state, 'ChangesOpened', ['Reasons']), phase: 'Changing' }),
  NominationChanged: changedBy,
  ElectionLeadHandedOver: (state, { to }) => ({ ...during(state, 'ElectionLeadHandedOver', named), proposer: to }),
  NomineeProposed: (state, { person }) => {
    const it = during(state, 'NomineeProposed', ['Changing', 'Integrating', 'Accepting', 'Declined']);
    return { ...namedPart(it), phase: 'Proposed', person };
  },
  ElectionConsentRoundOpened: (state, { roundId, roster, quorum, meetingId }) => {
    const it = during(state, 'ElectionConsentRoundOpened', ['Proposed']);
    return { ...it, phase: 'ConsentRound', roundId, roster, quorum, meetingId, answers: {}, objections: {} };
  },
  ElectionConsentGiven: (state, { by, enteredBy, concern }) => {
    const it = during(state, 'ElectionConsentGiven', ['ConsentRound']);
    return { ...it, answers: { ...it.answers, [by]: { enteredBy, ...(concern === undefined ? {} : { concern }) } } };
  },
  ElectionObjectionRaised: (state, { objectionId, by, enteredBy }) => {
    const it = during(state, 'ElectionObjectionRaised', ['ConsentRound']);
    const answers = { ...it.answers, [by]: { enteredBy, objectionId } };
    return {
      ...it,
      answers,
      objections: { ...it.objections, [objectionId]: { objectionId, holder: by, status: 'open' } },
    };
  },
  ElectionAnswerDisputed: disputed,
  ElectionRosterReduced: reduced,
  ElectionRoundClosed: (state, { roundId, outcome, answered }) => {
    const it = during(state, 'ElectionRoundClosed', ['ConsentRound']);
    if (outcome === 'objections') return { ...it, phase: 'Integrating', integrations: {} };
    return { ...namedPart(it), person: it.person, phase: 'Accepting', roundId, explicit: answered };
  },
  ElectionIntegrationProposed: (state, { objectionId, integrationId, from, to }) => {
    const it = during(state, 'ElectionIntegrationProposed', ['Integrating']);
    const offer = { objectionId, term: from !== undefined && to !== undefined ? { from, to } : undefined };
    return { ...it, integrations: { ...it.integrations, [integrationId]: offer } };
  },
  ElectionObjectionIntegrated: integrated,
  ElectionObjectionAdopted: (state, { objectionId, by }) => {
    const [it, objection] = objectionIn(state, 'ElectionObjectionAdopted', objectionId);
    return withObjection(it, { ...objection, holder: by });
  },
  ElectionObjectionOrphaned: (state, { objectionId }) => {
    const [it, objection] = objectionIn(state, 'ElectionObjectionOrphaned', objectionId);
    return withObjection(it, { ...objection, status: 'orphaned' });
  },
  NomineeAccepted: (state) => during(state, 'NomineeAccepted', ['Accepting']),
  NomineeDeclined: (state) => {
    const it = during(state, 'NomineeDeclined', ['Integrating', 'Accepting']);
    return { ...namedPart(it), phase: 'Declined', declined: [...it.declined, it.person] };
  },
  OfficerElected: (state, { person }) => {
    const it = during(state, 'OfficerElected', ['Accepting']);
    return { ...calledPart(it), phase: 'Elected', person, effectRefused: false };
  },
  EffectRefused: (state) => ({ ...during(state, 'EffectRefused', ['Elected']), effectRefused: true }),
  ElectionCancelled: (state) => ({ ...calledPart(during(state, 'ElectionCancelled', living)), phase: 'Cancelled' }),
};

/** An election without candidates, by phase (method §4.2). Its decisions stand beside it, one file per concern. */
export const election: Decider<Election, ElectionEvent> = {
  category: 'election',
  initial: { phase: 'absent' },
  evolve: (state, { type, data }) => (on[type] as (state: Election, data: unknown) => Election)(state, data),
};
