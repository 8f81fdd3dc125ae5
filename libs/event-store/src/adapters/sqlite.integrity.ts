import Database from 'better-sqlite3';
import { CorruptLog } from '../errors.js';
import { positionOf } from './position.js';
import { asCorrupt, messageOf } from './sqlite.errors.js';
import { APPLICATION, FORMAT, SCHEMA } from './sqlite.schema.js';

interface SchemaRow {
  readonly name: string;
  readonly sql: string;
}

/** Makes an empty file a log; any other file must be one already. */
export function prepareLog(file: string): void {
  const db = new Database(file, { timeout: 0 });
  try {
    if (schemaOf(db).size > 0) return checkHeader(db, file);
    db.pragma('journal_mode = wal');
    db.pragma('synchronous = full');
    const create = db.transaction(() => {
      for (const statement of Object.values(SCHEMA)) db.exec(statement);
      db.prepare('insert into header (application, format) values (?, ?)').run(APPLICATION, FORMAT);
    });
    create.immediate();
  } catch (error) {
    throw asCorrupt(error, file);
  } finally {
    db.close();
  }
}

/** The header names this application and format, and every table and trigger is there word for word (CorruptLog). */
export function checkHeader(db: Database.Database, file: string): void {
  const schema = schemaOf(db);
  if (!schema.has('header')) throw new CorruptLog(`${file} is not a log: it has no header`);
  const header = db
    .prepare<[], { application: string; format: number }>('select application, format from header')
    .get();
  if (header?.application !== APPLICATION) {
    throw new CorruptLog(`${file} is not a log: its header names ${header?.application ?? 'nothing'}`);
  }
  if (header.format !== FORMAT) {
    throw new CorruptLog(`${file} has format ${header.format}; this program reads format ${FORMAT}`);
  }
  for (const [name, sql] of Object.entries(SCHEMA)) {
    if (schema.get(name) !== sql) {
      throw new CorruptLog(`${file}: "${name}" is ${schema.has(name) ? 'not as this program wrote it' : 'missing'}`);
    }
  }
  for (const name of schema.keys()) {
    if (!(name in SCHEMA)) throw new CorruptLog(`${file}: "${name}" does not belong to a log`);
  }
}

/**
 * After a place (0: from the first event): positions without a gap up to the last one ever given out, and revisions without a gap
 * in every stream. Says the first broken place (CorruptLog). Costs one look into the index per event.
 */
export function checkContiguity(db: Database.Database, after: number): void {
  const { count, first, last } = db
    .prepare<[number, number], { count: number; first: number | null; last: number }>(
      `select count(*) as count, min(position) as first, coalesce(max(position), ?) as last from events where position > ?`,
    )
    .get(after, after)!;
  const given = db
    .prepare<[], number>(`select coalesce(max(seq), 0) from sqlite_sequence where name = 'events'`)
    .pluck();
  const issued = given.get()!;
  if (after > issued) throw new CorruptLog(`the log ends at ${positionOf(issued)}, before ${positionOf(after)}`);
  if (count !== last - after || (first !== null && first !== after + 1)) {
    throw new CorruptLog(`the log has no event at position ${positionOf(firstGap(db, after))}`);
  }
  if (last !== issued)
    throw new CorruptLog(`the log has no event at position ${positionOf(last + 1)}: its end was cut off`);
  const broken = db.prepare<[number], { position: number; name: string; revision: number }>(BROKEN_REVISION).get(after);
  if (broken !== undefined) {
    const { position, name, revision } = broken;
    throw new CorruptLog(
      `${name}: revision ${revision} at position ${positionOf(position)} does not follow its predecessor`,
    );
  }
}

const BROKEN_REVISION = `select position, coalesce(name, 'a stream without a name') as name, revision
  from events as event left join streams on number = event.stream
  where position > ? and (name is null or (revision <> 0 and not exists (
    select 1 from events as previous
    where previous.stream = event.stream and previous.revision = event.revision - 1 and previous.position < event.position)))
  order by position limit 1`;

/** SQLite's own examination of the file: the problems found. Reads the whole file. */
export function quickCheck(file: string): readonly string[] {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    const found = db.pragma('quick_check(10)') as { quick_check: string }[];
    return found.map((row) => row.quick_check).filter((line) => line !== 'ok');
  } catch (error) {
    return [messageOf(error)];
  } finally {
    db?.close();
  }
}

function firstGap(db: Database.Database, after: number): number {
  const there = db.prepare<[number], number>('select 1 from events where position = ?').pluck();
  if (there.get(after + 1) === undefined) return after + 1;
  const gap = db.prepare<[number], number>(
    `select min(position) + 1 from events as event
     where position > ? and not exists (select 1 from events where position = event.position + 1)`,
  );
  return gap.pluck().get(after)!;
}

function schemaOf(db: Database.Database): Map<string, string> {
  const rows = db.prepare<[], SchemaRow>(`select name, sql from sqlite_schema where name not like 'sqlite_%'`).all();
  return new Map(rows.map(({ name, sql }) => [name, sql]));
}
