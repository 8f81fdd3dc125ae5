import { ReadStore } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import type { AgreementMomentRow, AgreementTurnRow } from './agreement-life.tables.js';

interface LifeTables {
  agreement_turn: AgreementTurnRow;
  agreement_moment: AgreementMomentRow;
}

/** What happens to agreements, and what will. */
@Injectable()
export class AgreementLifeQueries {
  constructor(private readonly reads: ReadStore) {}

  private get db(): Kysely<LifeTables> {
    return this.reads.db<LifeTables>();
  }

  /** What has fallen due, the longest due first. */
  turnsDue(now: string, max: number): Promise<AgreementTurnRow[]> {
    return this.db
      .selectFrom('agreement_turn')
      .selectAll()
      .where('at', '<=', now)
      .orderBy('at')
      .orderBy('agreementId')
      .orderBy('turn')
      .limit(max)
      .execute();
  }

  moments(agreementIds: readonly string[]): Promise<AgreementMomentRow[]> {
    return this.db
      .selectFrom('agreement_moment')
      .selectAll()
      .where('agreementId', 'in', agreementIds)
      .orderBy('position')
      .execute();
  }
}
