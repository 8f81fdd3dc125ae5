import { ReadStore } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import type {
  ElectionAnswerRow,
  ElectionDeclineRow,
  ElectionIntegrationRow,
  ElectionObjectionRow,
  ElectionReasonRow,
  ElectionRoundRow,
  ElectionRow,
  ElectionTables,
  EnvelopeRow,
  NominationRow,
  NomineeProposalRow,
  WaitingElectionRow,
} from './election.tables.js';

const latestFirst = sql<number>`row_number() over (partition by "circleId" order by "calledAt" desc, "electionId" desc)`;

/** Where a page of elections ends: when the last one shown was called, and its id. */
export type ElectionPlace = readonly [calledAt: string, electionId: string];

/** The election read model. Functions of many ids cost one query. */
@Injectable()
export class ElectionQueries {
  constructor(private readonly reads: ReadStore) {}

  private get db(): Kysely<ElectionTables> {
    return this.reads.db<ElectionTables>();
  }

  async elections(ids: readonly string[]): Promise<ElectionRow[]> {
    return this.inPhase(await this.db.selectFrom('election').selectAll().where('electionId', 'in', ids).execute());
  }

  /** Of each circle the first elections, the latest called first; `onlyDone`: those that ended in an officer. */
  async electionsOf(
    circleIds: readonly string[],
    after: ElectionPlace | undefined,
    limit: number,
    { onlyDone = false } = {},
  ): Promise<ElectionRow[]> {
    const numbered = this.db
      .selectFrom('election')
      .selectAll()
      .select(latestFirst.as('nth'))
      .where('circleId', 'in', circleIds)
      .$if(onlyDone, (query) => query.where('phase', '=', 'Elected'))
      .$if(after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) => eb(refTuple('calledAt', 'electionId'), '<', tuple(...after!))),
      );
    const rows = await this.db
      .selectFrom(numbered.as('numbered'))
      .selectAll()
      .where('nth', '<=', limit)
      .orderBy('calledAt', 'desc')
      .orderBy('electionId', 'desc')
      .execute();
    return this.inPhase(rows.map(({ nth: _, ...row }) => row));
  }

  /** With its last objection integrated the person stands proposed again: no event of its own says so. */
  private async inPhase(rows: ElectionRow[]): Promise<ElectionRow[]> {
    const integrating = rows.filter(({ phase }) => phase === 'Integrating').map(({ electionId }) => electionId);
    if (integrating.length === 0) return rows;
    const open = await this.db
      .selectFrom('election_objection')
      .select('electionId')
      .where('electionId', 'in', integrating)
      .where('status', '=', 'open')
      .execute();
    const objectedTo = new Set(open.map(({ electionId }) => electionId));
    return rows.map((row) =>
      row.phase === 'Integrating' && !objectedTo.has(row.electionId) ? { ...row, phase: 'Proposed' } : row,
    );
  }

  /** Who owes or has sealed an envelope, in every round of nominations. */
  envelopes(electionIds: readonly string[]): Promise<EnvelopeRow[]> {
    return this.db
      .selectFrom('election_envelope')
      .selectAll()
      .where('electionId', 'in', electionIds)
      .orderBy('round')
      .orderBy('place')
      .execute();
  }

  /** Who named whom, of the latest round that was revealed; nothing before its reveal. */
  nominations(electionIds: readonly string[]): Promise<NominationRow[]> {
    return this.db
      .selectFrom('election_nomination')
      .selectAll()
      .where('electionId', 'in', electionIds)
      .where('isCurrent', '=', true)
      .orderBy('place')
      .execute();
  }

  reasons(electionIds: readonly string[]): Promise<ElectionReasonRow[]> {
    return this.db
      .selectFrom('election_reason')
      .selectAll()
      .where('electionId', 'in', electionIds)
      .where('isCurrent', '=', true)
      .orderBy('saidAt')
      .orderBy('reasonId')
      .execute();
  }

  proposals(electionIds: readonly string[]): Promise<NomineeProposalRow[]> {
    return this.db
      .selectFrom('nominee_proposal')
      .selectAll()
      .where('electionId', 'in', electionIds)
      .orderBy('proposedAt')
      .execute();
  }

  rounds(electionIds: readonly string[]): Promise<ElectionRoundRow[]> {
    return this.db
      .selectFrom('election_round')
      .selectAll()
      .where('electionId', 'in', electionIds)
      .orderBy('openedAt')
      .execute();
  }

  answers(roundIds: readonly string[]): Promise<ElectionAnswerRow[]> {
    return this.db
      .selectFrom('election_answer')
      .selectAll()
      .where('roundId', 'in', roundIds)
      .orderBy('place')
      .execute();
  }

  objections(electionIds: readonly string[]): Promise<ElectionObjectionRow[]> {
    return this.db
      .selectFrom('election_objection')
      .selectAll()
      .where('electionId', 'in', electionIds)
      .orderBy('raisedAt')
      .orderBy('objectionId')
      .execute();
  }

  integrations(electionIds: readonly string[]): Promise<ElectionIntegrationRow[]> {
    return this.db
      .selectFrom('election_integration')
      .selectAll()
      .where('electionId', 'in', electionIds)
      .orderBy('offeredAt')
      .execute();
  }

  declines(electionIds: readonly string[]): Promise<ElectionDeclineRow[]> {
    return this.db
      .selectFrom('election_decline')
      .selectAll()
      .where('electionId', 'in', electionIds)
      .orderBy('declinedAt')
      .execute();
  }

  /** What elections wait for from this person; a nominee's answer only once everybody else has answered (INV-64). */
  async waitingFor(memberId: string, communityId: string): Promise<WaitingElectionRow[]> {
    const rows = await this.db
      .selectFrom('waiting_election')
      .selectAll()
      .where('memberId', '=', memberId)
      .where('communityId', '=', communityId)
      .where('isActive', '=', true)
      .orderBy('since')
      .orderBy('electionId')
      .execute();
    const last = rows.filter(({ isLast }) => isLast).map(({ electionId }) => electionId);
    if (last.length === 0) return rows;
    const others = await this.db
      .selectFrom('waiting_election')
      .select('electionId')
      .where('electionId', 'in', last)
      .where('kind', '=', 'answer')
      .where('isLast', '=', false)
      .where('isActive', '=', true)
      .execute();
    const early = new Set(others.map(({ electionId }) => electionId));
    return rows.filter(({ isLast, electionId }) => !isLast || !early.has(electionId));
  }
}
