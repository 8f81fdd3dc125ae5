import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { statements } from '../ddl.js';
import type { Projection } from '../projection.js';
import { CheckpointMoved, type Mark, ProjectionFailed, ReadModelsBroken, type Standing } from '../read-store.js';
import type { Table } from '../table.js';
import { RowWriter } from './rows.js';
import { sqliteEngine } from './sqlite.engine.js';
import type { Step } from './steps.js';

interface Checkpoint {
  projection: string;
  version: number;
  position: string;
  previous: string;
  eventId: string;
}

const WAL_LIMIT_BYTES = 64 * 1024 * 1024;
/** A checkpoint syncs while everybody waits: the same pages are rewritten by every batch, so seldom costs less than often. */
const CHECKPOINT_PAGES = 8_000;
const CACHE_KIB = 32_000;
/** Stands in the file from a forgetting until its pages are rewritten, whatever becomes of the process meanwhile. */
const UNCLEAN = 1;

/** What a file holds: told as data, so that a thread can be given it. */
export interface Layout {
  readonly tables: readonly Table[];
  readonly projections: readonly Pick<Projection, 'name' | 'version'>[];
}

/** One file of read models and the only connection that writes to it. */
export class ModelFile {
  private readonly rows: RowWriter;
  private readonly begin: Database.Statement<unknown[]>;
  private readonly commit: Database.Statement<unknown[]>;
  private readonly rollback: Database.Statement<unknown[]>;
  private readonly move: Database.Statement<unknown[]>;
  private reached: Mark | undefined;
  /** The file, or its log, may still hold what a forgotten person wrote. */
  private toScrub = false;

  private constructor(
    readonly db: Database.Database,
    private readonly layout: Layout,
    /** It is being filled: its pages are rewritten once, when it is served. */
    private readonly draft = false,
  ) {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL'); // what a power cut takes is built again
    db.pragma('secure_delete = ON'); // what is rewritten or removed leaves no copy on its page
    db.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma(`cache_size = -${CACHE_KIB}`);
    this.rows = new RowWriter(sqliteEngine(db), layout.tables);
    this.recall();
    this.begin = db.prepare('begin immediate');
    this.commit = db.prepare('commit');
    this.rollback = db.prepare('rollback');
    this.move = db.prepare(
      'update "checkpoint" set "position" = ?, "previous" = ?, "eventId" = ? where "position" = ?',
    );
    this.reached = markOf(checkpoints(db));
    if (!draft) this.scrub(); // a process that was killed may not have come to it
  }

  /** New tables, with every checkpoint before the first event. What stood at the path is removed. */
  static create(path: string, layout: Layout): ModelFile {
    if (path !== ':memory:') removeFile(path);
    const db = new Database(path, { timeout: 0 });
    db.transaction(() => {
      for (const statement of statements(layout.tables)) db.exec(statement);
      const insert = db.prepare(`insert into "checkpoint" values (?, ?, '', '', '')`);
      for (const { name, version } of layout.projections) insert.run(name, version);
    })();
    return new ModelFile(db, layout, true);
  }

  /** A file this process has just filled, or inspected and left at this mark. */
  static reopen(path: string, layout: Layout, mark: Mark | undefined): ModelFile {
    const file = new ModelFile(new Database(path, { timeout: 0, fileMustExist: true }), layout);
    file.reached = mark;
    return file;
  }

  /** The file at the path, when it can be used, and what it is worth. */
  static open(path: string, layout: Layout): { file?: ModelFile; standing: Standing } {
    if (path === ':memory:') return { standing: { kind: 'unusable', why: 'there are no read models yet' } };
    let db: Database.Database | undefined;
    try {
      db = new Database(path, { timeout: 0, fileMustExist: true });
      const standing = inspect(db, layout);
      if (standing.kind !== 'unusable') return { file: new ModelFile(db, layout), standing };
      db.close();
      return { standing };
    } catch (error) {
      db?.close();
      if (isBroken(error)) return { standing: { kind: 'unusable', why: 'the file of the read models is corrupt' } };
      if (codeOf(error) === 'SQLITE_CANTOPEN')
        return { standing: { kind: 'unusable', why: 'there are no read models yet' } };
      throw error;
    }
  }

  get mark(): Mark | undefined {
    return this.reached;
  }

  /** All of it and the mark, or nothing. Throws {@link ProjectionFailed} for a change that the tables do not take. */
  apply(steps: readonly Step[], mark: Mark): void {
    const forgets = steps.some(({ changes }) => changes.some(([verb]) => verb === 'forget'));
    this.begin.run();
    try {
      for (const step of steps) this.take(step);
      if (forgets) this.db.pragma(`user_version = ${UNCLEAN}`);
      const from = this.reached?.position ?? '';
      const { changes } = this.move.run(mark.position, mark.previous ?? '', mark.eventId, from);
      if (changes !== this.layout.projections.length)
        throw new CheckpointMoved(`${changes} checkpoints stood at "${from}"`);
      this.commit.run();
    } catch (error) {
      if (this.db.inTransaction) this.rollback.run();
      if (isBroken(error) || isBroken((error as Error).cause))
        throw new ReadModelsBroken('the read models are corrupt', { cause: error });
      this.recall();
      throw error;
    }
    this.reached = mark;
    this.toScrub ||= forgets && !this.draft;
    if (this.toScrub) this.scrub();
  }

  close(): void {
    if (!this.db.open) return;
    this.db.close();
  }

  /**
   * What was removed leaves copies on pages that its neighbours were moved from, so all of them are written anew. Old pages stay in the file's
   * log until it is emptied, which a reader can hold up: then it is tried again after the next batch.
   */
  private scrub(): void {
    try {
      if (this.db.pragma('user_version', { simple: true }) === UNCLEAN) {
        this.db.exec('vacuum');
        this.db.pragma('user_version = 0');
      }
      const [answer] = this.db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
      this.toScrub = answer.busy !== 0;
    } catch (error) {
      // The batch itself is written: only broken rows are more than a reason to try again.
      if (isBroken(error)) throw new ReadModelsBroken('the read models are corrupt', { cause: error });
      this.toScrub = true;
    }
  }

  private recall(): void {
    const rows = this.db.prepare<[], { memberId: string }>('select "memberId" from "forgotten"').all();
    this.rows.recall(rows.map(({ memberId }) => memberId));
  }

  private take({ projection, type, position, changes }: Step): void {
    try {
      for (const change of changes) this.rows.write(change, position);
    } catch (error) {
      throw new ProjectionFailed(projection, type, position, error);
    }
  }
}

/** Removes a database and its companions. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
  removeCompanions(path);
}

/** Removes what SQLite keeps beside a database: it must never meet another database of that name. */
export function removeCompanions(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

function inspect(db: Database.Database, layout: Layout): Standing {
  const check = db.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok') return { kind: 'unusable', why: `the file of the read models is corrupt: ${String(check)}` };
  const found = db.prepare<[], { sql: string }>('select sql from sqlite_master where sql is not null').all();
  const comparable = (all: readonly string[]): string =>
    all
      .map((it) => it.toLowerCase())
      .sort()
      .join();
  if (comparable(found.map(({ sql }) => sql)) !== comparable(statements(layout.tables))) {
    return { kind: 'unusable', why: 'the tables have changed' };
  }
  const stored = checkpoints(db);
  if (new Set(stored.map(({ position }) => position)).size > 1) return { kind: 'unusable', why: 'checkpoints differ' };
  const versions = new Map(stored.map(({ projection, version }) => [projection, version]));
  const changed = layout.projections.filter(({ name, version }) => versions.get(name) !== version);
  if (stored.length === layout.projections.length && changed.length === 0) return { kind: 'current' };
  // The loop moves all checkpoints at once and counts them, so they are made to match; the rows stay old until rebuilt.
  realign(db, layout, stored[0]);
  return {
    kind: 'outdated',
    why: `rebuilding because of ${changed.map(({ name }) => name).join(', ') || 'a projection that is gone'}`,
  };
}

/** An outdated file keeps following until it is replaced: it gets a checkpoint per projection, at version 0 where the rows are old. */
function realign(db: Database.Database, { projections }: Layout, at: Checkpoint | undefined): void {
  const kept = new Map(checkpoints(db).map((it) => [it.projection, it.version]));
  db.transaction(() => {
    db.exec('delete from "checkpoint"');
    const insert = db.prepare('insert into "checkpoint" values (?, ?, ?, ?, ?)');
    for (const { name, version } of projections) {
      const same = kept.get(name) === version ? version : 0;
      insert.run(name, same, at?.position ?? '', at?.previous ?? '', at?.eventId ?? '');
    }
  })();
}

function checkpoints(db: Database.Database): Checkpoint[] {
  return db.prepare<[], Checkpoint>('select * from "checkpoint"').all();
}

function markOf([any]: readonly Checkpoint[]): Mark | undefined {
  if (any === undefined || any.position === '') return undefined;
  const { position, previous, eventId } = any;
  return { position, previous: previous === '' ? undefined : previous, eventId };
}

/** By its code, not by its class: the addon throws the class of whoever loaded it first in the process. */
const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');
const isBroken = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error));
