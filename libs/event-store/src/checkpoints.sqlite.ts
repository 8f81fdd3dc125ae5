import Database from 'better-sqlite3';
import { CheckpointStore } from './checkpoints.js';
import type { Position } from './event-store.js';

/** The desk's table of the policies' places, on a connection of its own, synced fully. */
export class SqliteCheckpointStore extends CheckpointStore {
  private readonly desk: Database.Database;
  private readonly move: (moves: ReadonlyMap<string, Position>) => void;

  /** `readonly`: of a process that works, to be looked at. */
  constructor(path: string, { readonly = false }: { readonly readonly?: boolean } = {}) {
    super();
    // No waiting for a lock: it would freeze the event loop. The runner tries again.
    this.desk = new Database(path, { timeout: 0, readonly });
    if (!readonly) {
      this.desk.pragma('journal_mode = WAL');
      this.desk.pragma('synchronous = FULL');
      this.desk.exec(
        'create table if not exists policy_checkpoints (name text primary key, position text not null) strict',
      );
    }
    const upsert = this.desk.prepare(
      'insert into policy_checkpoints (name, position) values (?, ?) on conflict (name) do update set position = excluded.position',
    );
    this.move = this.desk.transaction((moves) => {
      for (const [name, position] of moves) upsert.run(name, position);
    }).immediate;
  }

  async load(): Promise<ReadonlyMap<string, Position>> {
    const rows = this.desk.prepare<[], { name: string; position: string }>('select * from policy_checkpoints').all();
    return new Map(rows.map(({ name, position }) => [name, position]));
  }

  async save(moves: ReadonlyMap<string, Position>): Promise<void> {
    this.move(moves);
  }

  async reset(name: string): Promise<void> {
    this.desk.prepare('delete from policy_checkpoints where name = ?').run(name);
  }

  close(): void {
    this.desk.close();
  }
}
