import { idOf } from '@app/kernel';
import { projection } from '@app/read-store';
import type { ElectionEvent } from '../domain/election.events.js';
import {
  electionAnswerTable,
  electionIntegrationTable,
  electionObjectionTable,
  electionRoundTable,
} from './election.tables.js';

const on = (stream: string): { electionId: string } => ({ electionId: idOf(stream) });
const owed = { answer: 'owed', enteredBy: null, channel: null, concern: null, objectionId: null, answeredAt: null };

/** Consent rounds of elections: who answered what, the objections and how each was resolved. */
export const electionRoundsProjection = projection<ElectionEvent>({
  name: 'election-rounds',
  version: 1,
  tables: [electionRoundTable, electionAnswerTable, electionObjectionTable, electionIntegrationTable],
  on: {
    ElectionConsentRoundOpened: ({ data, meta, stream }, rows) => {
      const { roundId, person, roster, present, quorum, lead, meetingId, from, to } = data;
      rows.put(electionRoundTable, {
        ...{ roundId, ...on(stream), personId: person, leadId: lead, meetingId },
        ...{ termFrom: from, termTo: to.date, quorum, presentIds: present },
        ...{ openedAt: meta.occurredAt, closedAt: null, outcome: null },
      });
      roster.forEach((memberId, place) =>
        rows.put(electionAnswerTable, { roundId, memberId, ...on(stream), place, ...owed, isOpen: true }),
      );
    },
    ElectionConsentGiven: ({ data, meta }, rows) => {
      const { roundId, by, enteredBy, channel, concern } = data;
      const heard = { answer: 'consent', enteredBy, channel, concern: concern ?? null, objectionId: null };
      rows.patch(electionAnswerTable, { roundId, memberId: by }, { ...heard, answeredAt: meta.occurredAt });
    },
    ElectionObjectionRaised: ({ data, meta, stream }, rows) => {
      const { objectionId, roundId, by, enteredBy, channel, argument } = data;
      const heard = { answer: 'objection', enteredBy, channel, objectionId, answeredAt: meta.occurredAt };
      rows.patch(electionAnswerTable, { roundId, memberId: by }, heard);
      rows.put(electionObjectionTable, {
        ...{ objectionId, ...on(stream), roundId, memberId: by, enteredBy, channel, argument },
        ...{ holderId: by, adoptedArgument: null, status: 'open', integrationId: null, raisedAt: meta.occurredAt },
      });
    },
    ElectionAnswerDisputed: ({ data }, rows) => {
      const { roundId, by, objectionId } = data;
      rows.patch(electionAnswerTable, { roundId, memberId: by }, owed);
      if (objectionId !== undefined) rows.patch(electionObjectionTable, { objectionId }, { status: 'disputed' });
    },
    ElectionRosterReduced: ({ data, stream }, rows) => {
      if (data.phase === 'nominating') return;
      for (const memberId of data.left)
        rows.patchWhere(electionAnswerTable, { ...on(stream), memberId, isOpen: true }, { answer: 'left' });
    },
    ElectionRoundClosed: ({ data, meta }, rows) => {
      const { roundId, outcome, quorum } = data;
      rows.patch(electionRoundTable, { roundId }, { closedAt: meta.occurredAt, outcome, quorum });
      rows.patchWhere(electionAnswerTable, { roundId }, { isOpen: false });
    },
    ElectionIntegrationProposed: ({ data, meta, stream }, rows) => {
      const { objectionId, integrationId, option, text, duties, from, to, by } = data;
      rows.put(electionIntegrationTable, {
        ...{ integrationId, objectionId, ...on(stream), option, memberId: by, offer: text, duties: duties ?? null },
        ...{ termFrom: from ?? null, termTo: to?.date ?? null, offeredAt: meta.occurredAt },
      });
    },
    ElectionObjectionIntegrated: ({ data, stream }, rows) => {
      const { objectionId, integrationId } = data;
      const settled = { status: 'integrated', integrationId: integrationId ?? null };
      rows.patch(electionObjectionTable, { objectionId }, settled);
      // Taken back while the round is open: the answer is owed again.
      rows.patchWhere(electionAnswerTable, { ...on(stream), objectionId, isOpen: true }, owed);
    },
    ElectionObjectionAdopted: ({ data }, rows) =>
      rows.patch(
        electionObjectionTable,
        { objectionId: data.objectionId },
        { holderId: data.by, adoptedArgument: data.argument },
      ),
    ElectionObjectionOrphaned: ({ data }, rows) =>
      rows.patch(electionObjectionTable, { objectionId: data.objectionId }, { status: 'orphaned' }),
  },
});
