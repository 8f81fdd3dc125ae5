import type { CircleEvent } from '@app/circles';
import { idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { projection, type Rows } from '@app/read-store';
import type { ElectionEvent } from '../domain/election.events.js';
import { type WaitingKind, waitingElectionTable } from './election.tables.js';

type Leaving = Extract<CircleEvent, { type: 'MemberLeftCircle' | 'MemberRemoved' }>;

const on = (stream: string): { electionId: string } => ({ electionId: idOf(stream) });

function wait(
  { stream, meta }: Recorded,
  rows: Rows,
  kind: WaitingKind,
  memberId: string,
  { isLast = false, isActive = true } = {},
): void {
  const place = { ...on(stream), circleId: meta.circle ?? '', communityId: meta.community };
  rows.put(waitingElectionTable, {
    ...place,
    memberId,
    kind,
    since: meta.occurredAt,
    objectionId: null,
    isLast,
    isActive,
  });
}

const gone = ({ data, stream }: RecordedOf<Leaving, Leaving['type']>, rows: Rows): void =>
  rows.deleteWhere(waitingElectionTable, { circleId: idOf(stream), memberId: data.memberId });

/** What elections wait for, person by person. Whoever leaves the circle is waited for no more. */
export const waitingElectionsProjection = projection<ElectionEvent | Leaving>({
  name: 'waiting-elections',
  version: 1,
  tables: [waitingElectionTable],
  on: {
    NominationsOpened: (fact, rows) => {
      rows.deleteWhere(waitingElectionTable, on(fact.stream));
      for (const member of fact.data.roster) wait(fact, rows, 'nominate', member);
    },
    NominationSealed: ({ data, stream }, rows) =>
      rows.delete(waitingElectionTable, { ...on(stream), memberId: data.by, kind: 'nominate' }),
    NominationsRevealed: ({ stream }, rows) =>
      rows.deleteWhere(waitingElectionTable, { ...on(stream), kind: 'nominate' }),
    ReasonsOpened: (fact, rows) => {
      for (const member of fact.data.order) wait(fact, rows, 'giveReason', member);
    },
    ReasonGiven: ({ data, stream }, rows) =>
      rows.delete(waitingElectionTable, { ...on(stream), memberId: data.by, kind: 'giveReason' }),
    ChangesOpened: ({ stream }, rows) => rows.deleteWhere(waitingElectionTable, { ...on(stream), kind: 'giveReason' }),
    RoleDescribed: ({ stream }, rows) => rows.deleteWhere(waitingElectionTable, on(stream)),
    NomineeProposed: ({ stream }, rows) => rows.deleteWhere(waitingElectionTable, on(stream)),
    ElectionConsentRoundOpened: (fact, rows) => {
      const { person, lead, roster } = fact.data;
      rows.deleteWhere(waitingElectionTable, on(fact.stream));
      for (const member of roster) wait(fact, rows, 'answer', member, { isLast: member === person });
      wait(fact, rows, 'accept', person, { isActive: false });
      for (const member of [person, lead]) wait(fact, rows, 'effectRefused', member, { isActive: false });
    },
    ElectionConsentGiven: ({ data, stream }, rows) =>
      rows.patch(waitingElectionTable, answerOf(stream, data.by), { isActive: false }),
    ElectionObjectionRaised: ({ data, stream }, rows) => {
      const { by, objectionId } = data;
      rows.patch(waitingElectionTable, answerOf(stream, by), { isActive: false, objectionId });
    },
    ElectionAnswerDisputed: ({ data, stream }, rows) =>
      rows.patch(waitingElectionTable, answerOf(stream, data.by), { isActive: true, objectionId: null }),
    // Only while the round is open are there answers that could wait again.
    ElectionObjectionIntegrated: ({ data, stream }, rows) => {
      const { objectionId } = data;
      rows.patchWhere(waitingElectionTable, { ...on(stream), objectionId }, { isActive: true, objectionId: null });
    },
    ElectionRosterReduced: ({ data, stream }, rows) => {
      for (const memberId of data.left) rows.deleteWhere(waitingElectionTable, { ...on(stream), memberId });
    },
    ElectionRoundClosed: ({ data, stream }, rows) => {
      rows.deleteWhere(waitingElectionTable, { ...on(stream), kind: 'answer' });
      const accept = { ...on(stream), kind: 'accept' };
      rows.patchWhere(waitingElectionTable, accept, { isActive: data.outcome === 'consent' });
    },
    NomineeDeclined: ({ stream }, rows) => rows.deleteWhere(waitingElectionTable, on(stream)),
    OfficerElected: ({ stream }, rows) => rows.deleteWhere(waitingElectionTable, { ...on(stream), kind: 'accept' }),
    EffectRefused: ({ stream }, rows) =>
      rows.patchWhere(waitingElectionTable, { ...on(stream), kind: 'effectRefused' }, { isActive: true }),
    ElectionCancelled: ({ stream }, rows) => rows.deleteWhere(waitingElectionTable, on(stream)),
    MemberLeftCircle: gone,
    MemberRemoved: gone,
  },
});

const answerOf = (stream: string, memberId: string) => ({ ...on(stream), memberId, kind: 'answer' });
