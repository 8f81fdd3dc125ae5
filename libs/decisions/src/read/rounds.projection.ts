import { idOf, type RecordedOf } from '@app/kernel';
import { type Projection, projection, type Rows } from '@app/read-store';
import type { ProposalEvent } from '../domain/proposal.events.js';
import { type AnswerRow, answerTable, placeTable, roundTable } from './proposal.tables.js';

type Of<T extends ProposalEvent['type']> = RecordedOf<ProposalEvent, T>;

function opened({ data, meta, stream, position }: Of<'ConsentRoundOpened'>, rows: Rows): void {
  const { roundId, version, roster, present, quorum, rules, fundamental } = data;
  const { facilitator, secretary, meetingId, circleRevision } = data;
  rows.put(roundTable, {
    ...{ roundId, proposalId: idOf(stream), version, quorum, rules, fundamental },
    ...{ facilitator, secretary, meetingId, circleRevision, outcome: 'open', voidCause: null, objected: false },
    ...{ openedAt: meta.occurredAt, closedAt: null, position },
  });
  for (const [rank, memberId] of roster.entries()) {
    const inRoom = present.includes(memberId);
    rows.put(placeTable, { roundId, memberId, rank, inRoom, answered: 'owed', objectionId: null });
  }
}

type Given = Of<'ConsentGiven'> | Of<'ObjectionRaised'>;
type Kind = Pick<AnswerRow, 'kind' | 'concern' | 'concerned' | 'objectionId'>;

/** The newest answer of a person stands; the ones before it are kept. */
function answered({ id, data, meta, stream, position }: Given, rows: Rows, kind: Kind): void {
  const { roundId, version, by, enteredBy, channel } = data;
  rows.patchWhere(answerTable, { roundId, by }, { stands: false });
  rows.put(answerTable, {
    ...{ answerId: id, roundId, proposalId: idOf(stream), version, by, enteredBy, channel, ...kind },
    ...{ stands: true, disputed: false, answeredAt: meta.occurredAt, position },
  });
}

/** Rounds with who owes what, and every answer that was ever given. */
export const rounds: Projection = projection<ProposalEvent>({
  name: 'consent_rounds',
  version: 1,
  tables: [roundTable, placeTable, answerTable],
  on: {
    ConsentRoundOpened: opened,
    ConsentGiven: (fact, rows) => {
      const { roundId, by, concern } = fact.data;
      const concerned = concern !== undefined;
      answered(fact, rows, { kind: 'consent', concern: concern ?? null, concerned, objectionId: null });
      const place = { answered: concerned ? 'concern' : 'consent', objectionId: null };
      rows.patch(placeTable, { roundId, memberId: by }, place);
    },
    ObjectionRaised: (fact, rows) => {
      const { roundId, by, objectionId } = fact.data;
      answered(fact, rows, { kind: 'objection', concern: null, concerned: false, objectionId });
      rows.patch(placeTable, { roundId, memberId: by }, { answered: 'objection', objectionId });
      rows.patch(roundTable, { roundId }, { objected: true });
    },
    AnswerDisputed: ({ data: { roundId, by } }, rows) => {
      rows.patchWhere(answerTable, { roundId, by, stands: true }, { stands: false, disputed: true });
      rows.patch(placeTable, { roundId, memberId: by }, { answered: 'owed', objectionId: null });
    },
    ObjectionResolved: ({ data: { objectionId, by, how } }, rows) => {
      if (how !== 'withdrawnInRound') return;
      rows.patchWhere(answerTable, { objectionId, by }, { stands: false });
      rows.patchWhere(placeTable, { objectionId, memberId: by }, { answered: 'owed', objectionId: null });
    },
    RosterReduced: ({ data: { roundId, left, quorum } }, rows) => {
      rows.patch(roundTable, { roundId }, { quorum });
      for (const memberId of left) {
        rows.patch(placeTable, { roundId, memberId }, { answered: 'left' });
        rows.patchWhere(answerTable, { roundId, by: memberId }, { stands: false });
      }
    },
    ConsentRoundClosed: ({ data: { roundId, outcome }, meta }, rows) =>
      rows.patch(roundTable, { roundId }, { outcome, closedAt: meta.occurredAt }),
    ConsentRoundVoided: ({ data: { roundId, cause }, meta }, rows) => {
      rows.patch(roundTable, { roundId }, { outcome: 'voided', voidCause: cause, closedAt: meta.occurredAt });
      rows.patchWhere(answerTable, { roundId }, { stands: false });
    },
    ProposalAmended: ({ stream }, rows) =>
      rows.patchWhere(answerTable, { proposalId: idOf(stream) }, { stands: false }),
  },
});
