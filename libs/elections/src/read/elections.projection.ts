import { idOf } from '@app/kernel';
import { projection } from '@app/read-store';
import type { ElectionEvent } from '../domain/election.events.js';
import {
  electionDeclineTable,
  electionReasonTable,
  electionTable,
  envelopeTable,
  nominationTable,
  nomineeProposalTable,
} from './election.tables.js';

const on = (stream: string): { electionId: string } => ({ electionId: idOf(stream) });

/** Elections up to the proposal, and their result. Before the reveal there is nothing here about whom anybody named (INV-60). */
export const electionsProjection = projection<ElectionEvent>({
  name: 'elections',
  version: 1,
  tables: [
    electionTable,
    envelopeTable,
    nominationTable,
    electionReasonTable,
    nomineeProposalTable,
    electionDeclineTable,
  ],
  on: {
    ElectionCalled: ({ data, meta }, rows) => {
      const { electionId, circleId, communityId, office, seat, cause, by } = data;
      const described = { duties: null, qualities: null, termFrom: null, termTo: null, warnings: [] };
      const led = { leadId: null, proposerId: null, personId: null, roundId: null, meetingId: null };
      const ended = { electedId: null, electedOn: null, effectRefused: null, cancelledBy: null, cancelReason: null };
      rows.put(electionTable, {
        ...{ electionId, circleId, communityId, office, seat, cause },
        ...{ calledBy: by, calledAt: meta.occurredAt, phase: 'Called', round: 0 },
        ...described,
        ...led,
        ...ended,
      });
    },
    RoleDescribed: ({ data, stream }, rows) => {
      const { duties, qualities, from, to, warnings } = data;
      const term = { termFrom: from, termTo: to.date, warnings };
      rows.patch(electionTable, on(stream), { phase: 'RoleDescribed', duties, qualities, ...term });
    },
    NominationsOpened: ({ data, stream }, rows) => {
      const { round, roster, lead, meetingId } = data;
      const anew = { phase: 'Nominating', round, leadId: lead, proposerId: null, personId: null, meetingId };
      rows.patch(electionTable, on(stream), anew);
      rows.patchWhere(nominationTable, on(stream), { isCurrent: false });
      rows.patchWhere(electionReasonTable, on(stream), { isCurrent: false });
      roster.forEach((memberId, place) =>
        rows.put(envelopeTable, { ...on(stream), round, memberId, place, isSealed: false }),
      );
    },
    NominationSealed: ({ data, stream }, rows) =>
      rows.patch(envelopeTable, { ...on(stream), round: data.round, memberId: data.by }, { isSealed: true }),
    NominationsRevealed: ({ data, stream }, rows) => {
      rows.patch(electionTable, on(stream), { phase: 'Revealed' });
      data.pairs.forEach(({ by, nominee }, place) =>
        rows.put(nominationTable, {
          ...{ ...on(stream), round: data.round, memberId: by, place },
          ...{ nomineeId: nominee, changedTo: null, isCurrent: true },
        }),
      );
    },
    ReasonsOpened: ({ stream }, rows) => rows.patch(electionTable, on(stream), { phase: 'Reasons' }),
    ReasonGiven: ({ data, meta, stream }, rows) => {
      const { reasonId, by, enteredBy, channel, about, text } = data;
      const said = { memberId: by, enteredBy, channel, aboutId: about, changedFrom: null, reason: text };
      rows.put(electionReasonTable, { reasonId, ...on(stream), ...said, saidAt: meta.occurredAt, isCurrent: true });
    },
    ChangesOpened: ({ stream }, rows) => rows.patch(electionTable, on(stream), { phase: 'Changing' }),
    NominationChanged: ({ data, meta, stream }, rows) => {
      const { reasonId, by, enteredBy, channel, from, to, reason } = data;
      rows.patchWhere(nominationTable, { ...on(stream), memberId: by, isCurrent: true }, { changedTo: to });
      const said = { memberId: by, enteredBy, channel, aboutId: to, changedFrom: from, reason };
      rows.put(electionReasonTable, { reasonId, ...on(stream), ...said, saidAt: meta.occurredAt, isCurrent: true });
    },
    ElectionLeadHandedOver: ({ data, stream }, rows) => rows.patch(electionTable, on(stream), { proposerId: data.to }),
    NomineeProposed: ({ data, id, meta, stream }, rows) => {
      const { person, rationale, cites, by } = data;
      rows.patch(electionTable, on(stream), { phase: 'Proposed', personId: person, roundId: null });
      const proposed = { personId: person, memberId: by, rationale, cites, proposedAt: meta.occurredAt };
      rows.put(nomineeProposalTable, { eventId: id, ...on(stream), ...proposed });
    },
    NomineeDeclined: ({ data, id, meta, stream }, rows) => {
      rows.patch(electionTable, on(stream), { phase: 'Declined' });
      const declined = { memberId: data.by, reason: data.reason, declinedAt: meta.occurredAt };
      rows.put(electionDeclineTable, { eventId: id, ...on(stream), ...declined });
    },
    ElectionConsentRoundOpened: ({ data, stream }, rows) => {
      const { roundId, meetingId, from, to } = data;
      const term = { termFrom: from, termTo: to.date };
      rows.patch(electionTable, on(stream), { phase: 'ConsentRound', roundId, meetingId, ...term });
    },
    ElectionRoundClosed: ({ data, stream }, rows) =>
      rows.patch(electionTable, on(stream), { phase: data.outcome === 'consent' ? 'Accepting' : 'Integrating' }),
    OfficerElected: ({ data, stream }, rows) =>
      rows.patch(electionTable, on(stream), {
        ...{ phase: 'Elected', electedId: data.person, electedOn: data.electedOn },
        ...{ termFrom: data.from, termTo: data.to.date },
      }),
    EffectRefused: ({ data, stream }, rows) => rows.patch(electionTable, on(stream), { effectRefused: data.code }),
    ElectionCancelled: ({ data, stream }, rows) => {
      const cancelled = { phase: 'Cancelled', cancelledBy: data.by, cancelReason: data.reason };
      rows.patch(electionTable, on(stream), cancelled);
    },
  },
});
