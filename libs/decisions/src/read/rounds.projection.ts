import { idOf, type RecordedOf } from '@app/kernel';
import { type Projection, projection, type Rows } from '@app/read-store';
import type { ProposalEvent } from '../domain/proposal.events.js';
import { type AnswerRow, answerTable, type PlaceRow, placeTable, roundTable } from './proposal.tables.js';

type Of<T extends ProposalEvent['type']> = RecordedOf<ProposalEvent, T>;

function opened({ data, meta, stream, position }: Of<'ConsentRoundOpened'>, rows: Rows): void {
  const { roundId, version, roster, present, quorum, rules, fundamental } = data;
  const { facilitator, secretary, meetingId, circleRevision } = data;
  const proposalId = idOf(stream);
  rows.put(roundTable, {
    ...{ roundId, proposalId, version, quorum, rules, fundamental },
    ...{ facilitator, secretary, meetingId, circleRevision, outcome: 'open', voidCause: null, objected: false },
    ...{ openedAt: meta.occurredAt, closedAt: null, position },
  });
  for (const [rank, memberId] of roster.entries()) {
    const inRoom = present.includes(memberId);
    rows.put(placeTable, { proposalId, roundId, memberId, rank, inRoom, answered: 'owed', objectionId: null });
  }
}

type Given = Of<'ConsentGiven'> | Of<'ObjectionRaised'>;
type Kind = Pick<AnswerRow, 'kind' | 'concern' | 'concerned' | 'objectionId'>;

/** The newest answer of a person stands; the ones before it are kept. */
function answered({ id, data, meta, stream, position }: Given, rows: Rows, kind: Kind): void {
  const { roundId, version, by, enteredBy, channel } = data;
  const proposalId = idOf(stream);
  rows.patchWhere(answerTable, { proposalId, roundId, by }, { stands: false });
  rows.put(answerTable, {
    ...{ answerId: id, roundId, proposalId, version, by, enteredBy, channel, ...kind },
    ...{ stands: true, disputed: false, answeredAt: meta.occurredAt, position },
  });
}

/** What stands in somebody's place on the roster. */
function place(
  { data, stream }: Given | Of<'AnswerDisputed'>,
  rows: Rows,
  change: Pick<PlaceRow, 'answered' | 'objectionId'>,
): void {
  const { roundId, by: memberId } = data;
  rows.patch(placeTable, { proposalId: idOf(stream), roundId, memberId }, change);
}

/** Rounds with who owes what, and every answer that was ever given. */
export const rounds: Projection = projection<ProposalEvent>({
  name: 'consent_rounds',
  version: 1,
  tables: [roundTable, placeTable, answerTable],
  on: {
    ConsentRoundOpened: opened,
    ConsentGiven: (fact, rows) => {
      const { concern } = fact.data;
      const concerned = concern !== undefined;
      answered(fact, rows, { kind: 'consent', concern: concern ?? null, concerned, objectionId: null });
      place(fact, rows, { answered: concerned ? 'concern' : 'consent', objectionId: null });
    },
    ObjectionRaised: (fact, rows) => {
      const { roundId, objectionId } = fact.data;
      answered(fact, rows, { kind: 'objection', concern: null, concerned: false, objectionId });
      place(fact, rows, { answered: 'objection', objectionId });
      rows.patch(roundTable, { roundId }, { objected: true });
    },
    AnswerDisputed: (fact, rows) => {
      const { roundId, by } = fact.data;
      const standing = { proposalId: idOf(fact.stream), roundId, by, stands: true };
      rows.patchWhere(answerTable, standing, { stands: false, disputed: true });
      place(fact, rows, { answered: 'owed', objectionId: null });
    },
    ObjectionResolved: ({ data: { objectionId, by, how }, stream }, rows) => {
      if (how !== 'withdrawnInRound') return;
      const proposalId = idOf(stream);
      rows.patchWhere(answerTable, { proposalId, objectionId, by }, { stands: false });
      const held = { proposalId, objectionId, memberId: by };
      rows.patchWhere(placeTable, held, { answered: 'owed', objectionId: null });
    },
    RosterReduced: ({ data: { roundId, left, quorum }, stream }, rows) => {
      const proposalId = idOf(stream);
      rows.patch(roundTable, { roundId }, { quorum });
      for (const memberId of left) {
        rows.patch(placeTable, { proposalId, roundId, memberId }, { answered: 'left' });
        rows.patchWhere(answerTable, { proposalId, roundId, by: memberId }, { stands: false });
      }
    },
    ConsentRoundClosed: ({ data: { roundId, outcome }, meta }, rows) =>
      rows.patch(roundTable, { roundId }, { outcome, closedAt: meta.occurredAt }),
    ConsentRoundVoided: ({ data: { roundId, cause }, meta, stream }, rows) => {
      rows.patch(roundTable, { roundId }, { outcome: 'voided', voidCause: cause, closedAt: meta.occurredAt });
      rows.patchWhere(answerTable, { proposalId: idOf(stream), roundId }, { stands: false });
    },
    ProposalAmended: ({ stream }, rows) =>
      rows.patchWhere(answerTable, { proposalId: idOf(stream) }, { stands: false }),
  },
});
