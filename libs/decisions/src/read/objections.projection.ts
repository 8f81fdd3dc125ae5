import type { CircleEvent } from '@app/circles';
import { idOf, type RecordedOf } from '@app/kernel';
import { type Projection, projection, type Rows } from '@app/read-store';
import type { ProposalEvent } from '../domain/proposal.events.js';
import { judgeTable, type ObjectionStepRow, objectionStepTable, objectionTable } from './proposal.tables.js';

type Of<T extends ProposalEvent['type']> = RecordedOf<ProposalEvent, T>;
type Told = Of<
  | 'IntegrationProposed'
  | 'ObjectionResolved'
  | 'ObjectionAdopted'
  | 'ObjectionOrphaned'
  | 'AnswerDisputed'
  | 'ObjectionTestRequested'
  | 'ObjectionJudged'
  | 'ObjectionTested'
>;
type Step = Pick<ObjectionStepRow, 'kind' | 'by'> & Partial<ObjectionStepRow>;

/** One step in the story of an objection. */
function tell({ id, meta, stream, position }: Told, rows: Rows, objectionId: string, step: Step): void {
  const silent = { option: null, text: null, argument: null, affects: null, version: null, how: null };
  const place = { stepId: id, objectionId, proposalId: idOf(stream), happenedAt: meta.occurredAt, position };
  rows.put(objectionStepTable, { ...silent, ...step, ...place });
}

type Gone = RecordedOf<CircleEvent, 'MemberLeftCircle' | 'MemberRemoved'>;
const gone = ({ data, stream }: Gone, rows: Rows): void =>
  rows.deleteWhere(judgeTable, { memberId: data.memberId, circleId: idOf(stream) });

/** Objections, and how each was resolved. */
export const objections: Projection = projection<ProposalEvent | CircleEvent>({
  name: 'objections',
  version: 2,
  tables: [objectionTable, objectionStepTable, judgeTable],
  on: {
    ObjectionRaised: ({ data, meta, stream, position }, rows) =>
      rows.put(objectionTable, {
        ...{ ...data, remedy: data.remedy ?? null, proposalId: idOf(stream), holder: data.by, status: 'open' },
        ...{ integrating: false, resolvedIn: null, how: null, raisedAt: meta.occurredAt, position },
      }),
    ConsentRoundClosed: ({ data }, rows) => {
      for (const objectionId of data.open) rows.patch(objectionTable, { objectionId }, { integrating: true });
    },
    ConsentRoundOpened: ({ stream }, rows) =>
      rows.patchWhere(objectionTable, { proposalId: idOf(stream) }, { integrating: false }),
    IntegrationProposed: (fact, rows) => {
      const { objectionId, option, text = null, by } = fact.data;
      tell(fact, rows, objectionId, { kind: 'integrationProposed', by, option, text });
    },
    // Who found another version of this integration good is asked again; a test was of the version before.
    ProposalAmended: ({ stream }, rows) => {
      const ofThisRound = { proposalId: idOf(stream), integrating: true, status: 'resolved' };
      rows.patchWhere(objectionTable, ofThisRound, { status: 'open' });
      rows.deleteWhere(judgeTable, { proposalId: idOf(stream) });
    },
    ObjectionResolved: (fact, rows) => {
      const { objectionId, by, version, how } = fact.data;
      const status = how === 'withdrawnInRound' ? 'withdrawn' : 'resolved';
      rows.patch(objectionTable, { objectionId }, { status, resolvedIn: version, how });
      rows.deleteWhere(judgeTable, { objectionId });
      tell(fact, rows, objectionId, { kind: 'resolved', by, version, how });
    },
    ObjectionAdopted: (fact, rows) => {
      const { objectionId, by, argument, affects } = fact.data;
      rows.patch(objectionTable, { objectionId }, { holder: by });
      rows.deleteWhere(judgeTable, { objectionId });
      tell(fact, rows, objectionId, { kind: 'adopted', by, argument, affects });
    },
    ObjectionOrphaned: (fact, rows) => {
      const { objectionId } = fact.data;
      rows.patch(objectionTable, { objectionId }, { status: 'orphaned', integrating: false });
      rows.deleteWhere(judgeTable, { objectionId });
      tell(fact, rows, objectionId, { kind: 'orphaned', by: null });
    },
    AnswerDisputed: (fact, rows) => {
      const { objectionId, by } = fact.data;
      if (objectionId === undefined) return;
      rows.patch(objectionTable, { objectionId }, { status: 'disputed' });
      tell(fact, rows, objectionId, { kind: 'disputed', by });
    },
    ObjectionTestRequested: (fact, rows) => {
      const { objectionId, by, judges } = fact.data;
      const place = { proposalId: idOf(fact.stream), circleId: fact.meta.circle ?? '' };
      for (const [rank, memberId] of judges.entries())
        rows.put(judgeTable, { objectionId, memberId, rank, ...place, judged: false });
      tell(fact, rows, objectionId, { kind: 'testRequested', by });
    },
    ObjectionJudged: (fact, rows) => {
      const { objectionId, by, stands, reason } = fact.data;
      rows.patch(judgeTable, { objectionId, memberId: by }, { judged: true });
      tell(fact, rows, objectionId, { kind: 'judged', by, how: stands ? 'stands' : 'notObjection', text: reason });
    },
    ObjectionTested: (fact, rows) => {
      const { objectionId, outcome } = fact.data;
      rows.deleteWhere(judgeTable, { objectionId });
      tell(fact, rows, objectionId, { kind: 'tested', by: null, how: outcome });
    },
    ObjectionSetAsideAsConcern: ({ data: { objectionId } }, rows) =>
      rows.patch(objectionTable, { objectionId }, { status: 'setAside', integrating: false }),
    ProposalWithdrawn: ({ stream }, rows) => rows.deleteWhere(judgeTable, { proposalId: idOf(stream) }),
    MemberLeftCircle: gone,
    MemberRemoved: gone,
  },
});
