import { type ByIds, preparedByIds, type QueryByIds, ReadStore } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import type {
  AnswerRow,
  CoAuthorRow,
  ObjectionRow,
  JudgeRow,
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
  objection_judge: JudgeRow;
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
  readonly proposals = this.by<ProposalRow>((db, ids) =>
    db.selectFrom('proposal').selectAll().where('proposalId', 'in', ids),
  );
  readonly coAuthors = this.by<CoAuthorRow>((db, ids) =>
    db.selectFrom('proposal_co_author').selectAll().where('proposalId', 'in', ids).orderBy('memberId'),
  );
  readonly versions = this.by<VersionRow>((db, ids) =>
    db.selectFrom('proposal_version').selectAll().where('proposalId', 'in', ids).orderBy('version'),
  );
  /** Those on the table that change one of these agreements. */
  readonly changing = this.by<ProposalRow>((db, ids) =>
    db
      .selectFrom('proposal')
      .selectAll()
      .where('changes', 'in', ids)
      .where('phase', 'not in', ['Draft', 'Decided', 'Withdrawn'])
      .orderBy('draftedPosition'),
  );
  readonly questions = this.by<QuestionRow>((db, ids) =>
    db.selectFrom('clarification').selectAll().where('proposalId', 'in', ids).orderBy('position'),
  );
  readonly reactions = this.by<ReactionRow>((db, ids) =>
    db.selectFrom('reaction').selectAll().where('proposalId', 'in', ids).orderBy('position'),
  );
  readonly rounds = this.by<RoundRow>((db, ids) =>
    db.selectFrom('consent_round').selectAll().where('proposalId', 'in', ids).orderBy('position'),
  );
  /** Of all rounds. */
  readonly places = this.by<PlaceRow>((db, ids) =>
    db.selectFrom('consent_place').selectAll().where('proposalId', 'in', ids).orderBy('rank'),
  );
  /** To all rounds. */
  readonly answers = this.by<AnswerRow>((db, ids) =>
    db.selectFrom('consent_answer').selectAll().where('proposalId', 'in', ids).orderBy('position'),
  );
  readonly objections = this.by<ObjectionRow>((db, ids) =>
    db.selectFrom('objection').selectAll().where('proposalId', 'in', ids).orderBy('position'),
  );
  readonly objectionSteps = this.by<ObjectionStepRow>((db, ids) =>
    db.selectFrom('objection_step').selectAll().where('objectionId', 'in', ids).orderBy('position'),
  );
  /** Those who are still to say whether an objection is one. */
  readonly judges = this.by<JudgeRow>((db, ids) =>
    db
      .selectFrom('objection_judge')
      .selectAll()
      .where('objectionId', 'in', ids)
      .where('judged', '=', false)
      .orderBy('rank'),
  );

  constructor(private readonly reads: ReadStore) {}

  private get db(): Kysely<ProposalTables> {
    return this.reads.db<ProposalTables>();
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

  private by<R>(build: QueryByIds<ProposalTables, R>): ByIds<R> {
    return preparedByIds(this.db, build);
  }
}
