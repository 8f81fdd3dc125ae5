import type { IdentityDatabase } from './database.js';

/**
 * How far into the log an account has written what readers may not see yet: it travels with whoever asks, to whichever process they ask
 * next. A process alone knows that by itself, and keeps nothing.
 */
export class Positions {
  constructor(private readonly database: IdentityDatabase) {}

  /** The account has written up to this position. It never goes back: positions of one log compare as text. */
  async wrote(accountId: string, position: string): Promise<void> {
    if (!this.database.shared) return;
    await this.database.queries
      .insertInto('identity_positions')
      .values({ accountId, position })
      .onConflict((conflict) =>
        conflict.column('accountId').doUpdateSet({ position }).where('identity_positions.position', '<', position),
      )
      .execute();
  }

  /** What a reader has to wait for before they read; nothing where all of it has long been seen. */
  async of(accountId: string): Promise<string | undefined> {
    if (!this.database.shared) return undefined;
    const row = await this.database.queries
      .selectFrom('identity_positions')
      .select('position')
      .where('accountId', '=', accountId)
      .executeTakeFirst();
    return row?.position;
  }

  /** The log holds no such position any more: it was put back from a backup. */
  async forget(accountId: string, position: string): Promise<void> {
    await this.database.queries
      .deleteFrom('identity_positions')
      .where('accountId', '=', accountId)
      .where('position', '=', position)
      .execute();
  }
}
