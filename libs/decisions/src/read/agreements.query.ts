import { ReadStore } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import type { AgreementRow, AgreementVersionRow, LogEntryRow, WaitingRow } from './agreement.tables.js';

interface AgreementTables {
  agreement: AgreementRow;
  agreement_version: AgreementVersionRow;
  log_entry: LogEntryRow;
  waiting_decision: WaitingRow;
}

/** Agreements, the logbook, and what waits for a person. Every function takes many ids, so that a page costs one query a field. */
@Injectable()
export class AgreementQueries {
  constructor(private readonly reads: ReadStore) {}

  private get db(): Kysely<AgreementTables> {
    return this.reads.db<AgreementTables>();
  }

  agreements(ids: readonly string[]): Promise<AgreementRow[]> {
    return this.db.selectFrom('agreement').selectAll().where('agreementId', 'in', ids).execute();
  }

  versions(agreementIds: readonly string[]): Promise<AgreementVersionRow[]> {
    return this.db
      .selectFrom('agreement_version')
      .selectAll()
      .where('agreementId', 'in', agreementIds)
      .orderBy('version')
      .execute();
  }

  /** The first of each circle, newest first; those after the place where a page ended. */
  agreementsOf(circleIds: readonly string[], before: string | undefined, limit: number): Promise<AgreementRow[]> {
    const numbered = this.db
      .selectFrom('agreement')
      .selectAll()
      .select(sql<number>`row_number() over (partition by "circleId" order by "position" desc)`.as('nth'))
      .where('circleId', 'in', circleIds)
      .$if(before !== undefined, (query) => query.where('position', '<', before ?? ''));
    return this.db
      .selectFrom(numbered.as('numbered'))
      .selectAll()
      .where('nth', '<=', limit)
      .orderBy('circleId')
      .orderBy('position', 'desc')
      .execute()
      .then((rows) => rows.map(({ nth: _, ...row }) => row));
  }

  /** The first of each circle, newest first; those after the entry, by year and number, where a page ended. */
  logEntriesOf(
    circleIds: readonly string[],
    before: { readonly year: number; readonly number: number } | undefined,
    limit: number,
  ): Promise<LogEntryRow[]> {
    const newest = sql<number>`row_number() over (partition by "circleId" order by "year" desc, "number" desc)`;
    const numbered = this.db
      .selectFrom('log_entry')
      .selectAll()
      .select(newest.as('nth'))
      .where('circleId', 'in', circleIds)
      .$if(before !== undefined, (query) =>
        query.where(({ eb, and, or }) =>
          or([
            eb('year', '<', before?.year ?? 0),
            and([eb('year', '=', before?.year ?? 0), eb('number', '<', before?.number ?? 0)]),
          ]),
        ),
      );
    return this.db
      .selectFrom(numbered.as('numbered'))
      .selectAll()
      .where('nth', '<=', limit)
      .orderBy('circleId')
      .orderBy('year', 'desc')
      .orderBy('number', 'desc')
      .execute()
      .then((rows) => rows.map(({ nth: _, ...row }) => row));
  }

  /** The entries about these proposals or elections. */
  logEntriesAbout(subjectIds: readonly string[]): Promise<LogEntryRow[]> {
    return this.db.selectFrom('log_entry').selectAll().where('subjectId', 'in', subjectIds).execute();
  }

  /** What a person owes now, the longest waiting first. */
  waitingFor(memberId: string, after: string | undefined, limit: number): Promise<WaitingRow[]> {
    return this.db
      .selectFrom('waiting_decision')
      .selectAll()
      .where('memberId', '=', memberId)
      .where('due', '=', true)
      .$if(after !== undefined, (query) =>
        query.where(sql<boolean>`"position" || ' ' || "kind" || ' ' || "subject" > ${after}`),
      )
      .orderBy('position')
      .orderBy('kind')
      .orderBy('subject')
      .limit(limit)
      .execute();
  }
}
