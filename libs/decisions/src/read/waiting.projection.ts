import type { CircleEvent } from '@app/circles';
import { categoryOf, idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { type Projection, projection, type Rows } from '@app/read-store';
import type { ProposalEvent } from '../domain/proposal.events.js';
import { type WaitingRow, waitingTable } from './agreement.tables.js';

export const waitingKinds = [
  'answer',
  'reaction',
  'settleText',
  'confirmVersion',
  'confirmResolved',
  'judgeObjection',
  'effectRefused',
] as const;
export const waitingRoles = ['member', 'author', 'objector', 'facilitator'] as const;
type Kind = (typeof waitingKinds)[number];
type Role = (typeof waitingRoles)[number];

/** Somebody owes this, or will if `due` comes. */
function owe(
  { meta, stream, position }: Recorded,
  rows: Rows,
  { role, due = true, ...what }: { memberId: string; kind: Kind; subject: string; role: Role; due?: boolean },
): void {
  const place = { proposalId: idOf(stream), circleId: meta.circle ?? '', communityId: meta.community };
  rows.put(waitingTable, { ...what, role, ...place, due, objectionId: null, since: meta.occurredAt, position });
}

const answered = ({ data }: RecordedOf<ProposalEvent, 'ConsentGiven' | 'ObjectionRaised'>) => ({
  memberId: data.by,
  kind: 'answer',
  subject: data.roundId,
});

/** What waits under this kind for this proposal comes due, or no longer is. */
function turn(fact: Recorded, rows: Rows, kind: Kind, due: boolean): void {
  const { meta, stream, position } = fact;
  const moment: Partial<WaitingRow> = due ? { since: meta.occurredAt, position } : {};
  rows.patchWhere(waitingTable, { proposalId: idOf(stream), kind }, { due, ...moment });
}

/** Nobody owes this any more. */
const settle = (fact: Recorded, rows: Rows, kind: Kind): void =>
  rows.deleteWhere(waitingTable, { proposalId: idOf(fact.stream), kind });

type Gone = RecordedOf<CircleEvent, 'MemberLeftCircle' | 'MemberRemoved'>;
const gone = ({ data, stream }: Gone, rows: Rows): void =>
  rows.deleteWhere(waitingTable, { memberId: data.memberId, circleId: idOf(stream) });

/**
 * What each member owes to proposals. Events do not always name who owes something because of them: the author's row is laid down with the
 * draft, the objector's with the objection, the facilitator's with the round, and comes due later.
 */
export const waiting: Projection = projection<ProposalEvent | CircleEvent>({
  name: 'waiting_decisions',
  version: 3,
  tables: [waitingTable],
  on: {
    ProposalDrafted: (fact, rows) => {
      const { proposalId: subject, author: memberId } = fact.data;
      for (const kind of ['settleText', 'confirmVersion', 'effectRefused'] as const)
        owe(fact, rows, { memberId, kind, subject, role: 'author', due: false });
    },
    ReactingOpened: (fact, rows) => {
      const subject = idOf(fact.stream);
      for (const memberId of fact.data.order) owe(fact, rows, { memberId, kind: 'reaction', subject, role: 'member' });
    },
    ReactionRecorded: ({ data, stream }, rows) =>
      rows.delete(waitingTable, { memberId: data.by, kind: 'reaction', subject: idOf(stream) }),
    ReactionsClosed: (fact, rows) => {
      settle(fact, rows, 'reaction');
      turn(fact, rows, 'settleText', true);
    },
    VersionKept: (fact, rows) => turn(fact, rows, 'settleText', false),
    ProposalAmended: (fact, rows) => {
      turn(fact, rows, 'settleText', false);
      turn(fact, rows, 'confirmResolved', true);
      settle(fact, rows, 'judgeObjection');
      turn(fact, rows, 'confirmVersion', true);
      // The author's own version needs no word of theirs.
      const own = { memberId: fact.data.by, kind: 'confirmVersion', subject: idOf(fact.stream) };
      rows.patch(waitingTable, own, { due: false });
    },
    StillMeetsNeedConfirmed: (fact, rows) => turn(fact, rows, 'confirmVersion', false),
    ConsentRoundOpened: (fact, rows) => {
      const { roundId: subject, roster, facilitator } = fact.data;
      settle(fact, rows, 'answer');
      settle(fact, rows, 'confirmResolved');
      rows.deleteWhere(waitingTable, { proposalId: idOf(fact.stream), role: 'facilitator' });
      for (const memberId of roster) owe(fact, rows, { memberId, kind: 'answer', subject, role: 'member' });
      const led = { memberId: facilitator, kind: 'effectRefused', subject, role: 'facilitator', due: false } as const;
      owe(fact, rows, led);
    },
    ConsentGiven: (fact, rows) => rows.patch(waitingTable, answered(fact), { due: false }),
    ObjectionRaised: (fact, rows) => {
      const { by: memberId, objectionId } = fact.data;
      rows.patch(waitingTable, answered(fact), { due: false, objectionId });
      owe(fact, rows, { memberId, kind: 'confirmResolved', subject: objectionId, role: 'objector', due: false });
    },
    AnswerDisputed: (fact, rows) => {
      const { by: memberId, roundId: subject, objectionId } = fact.data;
      if (objectionId !== undefined) rows.deleteWhere(waitingTable, { subject: objectionId });
      owe(fact, rows, { memberId, kind: 'answer', subject, role: 'member' });
    },
    RosterReduced: ({ data: { left, roundId } }, rows) => {
      for (const memberId of left) rows.delete(waitingTable, { memberId, kind: 'answer', subject: roundId });
    },
    ConsentRoundClosed: (fact, rows) => {
      settle(fact, rows, 'answer');
      const due = { due: true, since: fact.meta.occurredAt, position: fact.position };
      for (const subject of fact.data.open) rows.patchWhere(waitingTable, { subject }, due);
    },
    ConsentRoundVoided: (fact, rows) => {
      settle(fact, rows, 'answer');
      settle(fact, rows, 'confirmResolved');
      turn(fact, rows, 'settleText', true);
    },
    ObjectionResolved: ({ data: { objectionId, by, how }, meta, position }, rows) => {
      if (how !== 'withdrawnInRound') {
        rows.deleteWhere(waitingTable, { subject: objectionId, kind: 'judgeObjection' });
        return rows.patchWhere(waitingTable, { subject: objectionId }, { due: false });
      }
      rows.deleteWhere(waitingTable, { subject: objectionId });
      const again = { due: true, objectionId: null, since: meta.occurredAt, position };
      return rows.patchWhere(waitingTable, { memberId: by, objectionId }, again);
    },
    ObjectionAdopted: (fact, rows) => {
      const { objectionId: subject, by: memberId } = fact.data;
      rows.deleteWhere(waitingTable, { subject });
      owe(fact, rows, { memberId, kind: 'confirmResolved', subject, role: 'objector' });
    },
    ObjectionOrphaned: ({ data }, rows) => rows.deleteWhere(waitingTable, { subject: data.objectionId }),
    ObjectionTestRequested: (fact, rows) => {
      const { objectionId: subject, judges } = fact.data;
      for (const memberId of judges) owe(fact, rows, { memberId, kind: 'judgeObjection', subject, role: 'member' });
    },
    ObjectionJudged: ({ data: { by: memberId, objectionId: subject } }, rows) =>
      rows.delete(waitingTable, { memberId, kind: 'judgeObjection', subject }),
    ObjectionTested: (fact, rows) => settle(fact, rows, 'judgeObjection'),
    ObjectionSetAsideAsConcern: ({ data }, rows) => rows.deleteWhere(waitingTable, { subject: data.objectionId }),
    DecisionReached: (fact, rows) => {
      settle(fact, rows, 'settleText');
      settle(fact, rows, 'confirmVersion');
      const { effectKind, agreementAction } = fact.data;
      if (effectKind === undefined && agreementAction === undefined) settle(fact, rows, 'effectRefused');
    },
    EffectRefused: (fact, rows) => {
      // Elections have an event of this name too.
      if (categoryOf(fact.stream) === 'proposal') turn(fact, rows, 'effectRefused', true);
    },
    ProposalWithdrawn: ({ stream }, rows) => rows.deleteWhere(waitingTable, { proposalId: idOf(stream) }),
    MemberLeftCircle: gone,
    MemberRemoved: gone,
  },
});
