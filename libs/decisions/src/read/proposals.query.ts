import { type Prepared, prepared, ReadStore } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import type {
  AnswerRow,
  CoAuthorRow,
  ObjectionRow,
  ObjectionStepRow,
  PlaceRow,
  ProposalRow,
  QuestionRow,
  ReactionRow,
  RoundRow,
  VersionRow,
} from './proposal.tables.js';

interface ProposalTables {
  proposal: ProposalRow;
  proposal_co_author: CoAuthorRow;
  proposal_version: VersionRow;
  clarification: QuestionRow;
  reaction: ReactionRow;
  consent_round: RoundRow;
  consent_place: PlaceRow;
  consent_answer: AnswerRow;
  objection: ObjectionRow;
  objection_step: ObjectionStepRow;
}

/** Which proposals of a circle, as somebody may read them. */
export interface Wanted {
  /** Whose drafts are listed too: nobody else reads them. */
  readonly reader: string;
  readonly phases?: readonly string[];
  /** Nothing that moved after this place in the log: for those who left. */
  readonly upTo?: string;
  /** Only those drafted before this place in the log: where the page before ended. */
  readonly before?: string;
  readonly limit: number;
}

/** The read model of proposals. Every function takes many ids, so that a page costs one query a field. */
@Injectable()
export class ProposalQueries {
  private one: Prepared<{ id: string }, ProposalRow> | undefined;

  constructor(private readonly reads: ReadStore) {}

  private get db(): Kysely<ProposalTables> {
    return this.reads.db<ProposalTables>();
  }

  proposals(ids: readonly string[]): Promise<ProposalRow[]> {
    const [id] = ids;
    if (ids.length > 1 || id === undefined)
      return this.db.selectFrom('proposal').selectAll().where('proposalId', 'in', ids).execute();
    this.one ??= prepared<ProposalTables, { id: string }, ProposalRow>(this.db, (db, param) =>
      db.selectFrom('proposal').selectAll().where('proposalId', '=', param('id')),
    );
    return this.one.run({ id });
  }

  /** The first of each circle, newest first. */
  proposalsOf(circleIds: readonly string[], wanted: Wanted): Promise<ProposalRow[]> {
    const { reader, phases, upTo, before, limit } = wanted;
    const numbered = this.db
      .selectFrom('proposal')
      .selectAll('proposal')
      .select(sql<number>`row_number() over (partition by "circleId" order by "draftedPosition" desc)`.as('nth'))
      .where('circleId', 'in', circleIds)
      .where(({ eb, or, exists, selectFrom }) =>
        or([
          eb('version', '>', 0),
          eb('author', '=', reader),
          exists(
            selectFrom('proposal_co_author')
              .select('memberId')
              .whereRef('proposal_co_author.proposalId', '=', 'proposal.proposalId')
              .where('memberId', '=', reader),
          ),
        ]),
      )
      .$if(phases !== undefined, (query) => query.where('phase', 'in', phases ?? []))
      .$if(upTo !== undefined, (query) => query.where('changedPosition', '<=', upTo ?? ''))
      .$if(before !== undefined, (query) => query.where('draftedPosition', '<', before ?? ''));
    return this.db
      .selectFrom(numbered.as('numbered'))
      .selectAll()
      .where('nth', '<=', limit)
      .orderBy('circleId')
      .orderBy('draftedPosition', 'desc')
      .execute()
      .then((rows) => rows.map(({ nth: _, ...row }) => row));
  }

  coAuthors(proposalIds: readonly string[]): Promise<CoAuthorRow[]> {
    return this.db
      .selectFrom('proposal_co_author')
      .selectAll()
      .where('proposalId', 'in', proposalIds)
      .orderBy('memberId')
      .execute();
  }

  versions(proposalIds: readonly string[]): Promise<VersionRow[]> {
    return this.db
      .selectFrom('proposal_version')
      .selectAll()
      .where('proposalId', 'in', proposalIds)
      .orderBy('version')
      .execute();
  }

  questions(proposalIds: readonly string[]): Promise<QuestionRow[]> {
    return this.db
      .selectFrom('clarification')
      .selectAll()
      .where('proposalId', 'in', proposalIds)
      .orderBy('position')
      .execute();
  }

  reactions(proposalIds: readonly string[]): Promise<ReactionRow[]> {
    return this.db
      .selectFrom('reaction')
      .selectAll()
      .where('proposalId', 'in', proposalIds)
      .orderBy('position')
      .execute();
  }

  rounds(proposalIds: readonly string[]): Promise<RoundRow[]> {
    return this.db
      .selectFrom('consent_round')
      .selectAll()
      .where('proposalId', 'in', proposalIds)
      .orderBy('position')
      .execute();
  }

  places(roundIds: readonly string[]): Promise<PlaceRow[]> {
    return this.db.selectFrom('consent_place').selectAll().where('roundId', 'in', roundIds).orderBy('rank').execute();
  }

  answers(roundIds: readonly string[]): Promise<AnswerRow[]> {
    return this.db
      .selectFrom('consent_answer')
      .selectAll()
      .where('roundId', 'in', roundIds)
      .orderBy('position')
      .execute();
  }

  objections(proposalIds: readonly string[]): Promise<ObjectionRow[]> {
    return this.db
      .selectFrom('objection')
      .selectAll()
      .where('proposalId', 'in', proposalIds)
      .orderBy('position')
      .execute();
  }

  objectionSteps(objectionIds: readonly string[]): Promise<ObjectionStepRow[]> {
    return this.db
      .selectFrom('objection_step')
      .selectAll()
      .where('objectionId', 'in', objectionIds)
      .orderBy('position')
      .execute();
  }
}
