import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { type Copied, copyLog, type EventStore, MemoryCheckpointStore, verifySource } from '@app/event-store';
import { isInside, readConfig } from '../../../api/src/config.js';
import type { Environment } from '../../../api/src/running.js';
import { closingAfter, Deployment, expectFile, openLogFile, removeDatabase } from './deployment.js';
import { carry, type Closing, copyDesk, type Desk, fileDesk } from './desk.js';
import { asVerb, folderNamed, headOf, Refused, teller } from './telling.js';

/** What a finished backup says of itself: `backup.json`, written last. */
export interface Manifest {
  readonly format: 1;
  readonly madeAt: string;
  readonly events: number;
  /** The digest over all events; absent where there were none. */
  readonly head?: string;
}

export const manifestFile = 'backup.json';
const usage = `backup --to <folder>
  <folder>  empty, or of a backup that was cut short. What is backed up is what the settings name, as for the process itself.`;

/**
 * Backs up what the settings of the environment name, while it is at work or not: log and desk as the two files of an embedded
 * deployment, whichever engines they come from. The master key is left where it is. Exit codes as `migrate`.
 */
export function run(words: readonly string[], environment: Environment = process.env): Promise<number> {
  return asVerb('backup', async (signal) => {
    const deployment = new Deployment(readConfig(environment));
    const folder = folderOf(words, deployment.folder);
    const { events, hash } = await closingAfter((closing) => backUp(deployment, folder, closing, signal));
    for (const name of ['log.db', 'desk.db']) finish(join(folder, name));
    const manifest: Manifest = { format: 1, madeAt: new Date().toISOString(), events, ...(hash && { head: hash }) };
    writeFileSync(join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    console.log(`Backed up to ${folder}: ${events} events, every chain and seal holds${headOf({ hash })}.`);
    console.log(
      `Without ${deployment.masterKeyFile} no text in it can be read: keep a copy of that key, and somewhere else.`,
    );
  });
}

/**
 * The places of the policies first, the log next, the keys last: what a policy has done is then in the log, and no event without its key.
 */
async function backUp(deployment: Deployment, folder: string, closing: Closing, signal: AbortSignal): Promise<Copied> {
  const source = await deployment.deskAtWork(closing);
  const places = new MemoryCheckpointStore();
  await places.save(await source.checkpoints.load());
  const log = join(folder, 'log.db');
  if (deployment.logFile !== undefined) await copyFileAtWork(expectFile(deployment.folder, 'log.db'), log);
  const copy = await openLogFile(log, closing);
  const telling = { signal, told: teller() };
  const [from, copied] =
    deployment.logFile === undefined ? await fromServer() : [copy, await verifySource({ from: copy, ...telling })];
  // Rows may have changed since a backup was cut short.
  removeDatabase(join(folder, 'desk.db'));
  const desk: Desk = fileDesk(folder, closing);
  await copyDesk(source, desk);
  await carry({ from, to: copy }, { from: { checkpoints: places }, to: desk });
  return copied;

  async function fromServer(): Promise<[EventStore, Copied]> {
    const store = await deployment.server(closing);
    return [store, await copyLog({ from: store, to: copy, inUse: true, ...telling })];
  }
}

/** One file, for its owner, that can be read where nothing can be written. */
function finish(file: string): void {
  const database = new Database(file);
  database.pragma('journal_mode = delete');
  database.close();
  chmodSync(file, 0o600);
}

/** SQLite's own copy of a file that others write to: all of it at one moment, however much they write. */
async function copyFileAtWork(from: string, to: string): Promise<void> {
  removeDatabase(to);
  const database = new Database(from, { readonly: true, timeout: 5_000 });
  try {
    await database.backup(to, { progress: () => Number.MAX_SAFE_INTEGER });
  } finally {
    database.close();
  }
}

function folderOf(words: readonly string[], data: string): string {
  const folder = resolve(folderNamed('to', words, usage));
  if (isInside(folder, data)) throw new Refused(`${folder} lies in DATA_DIR (${data}): choose a folder outside it`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(join(folder, manifestFile)))
    throw new Refused(`${folder} holds a backup already: choose another folder`);
  const known = /^(log|desk)\.db(-wal|-shm|-journal)?$/;
  const stranger = readdirSync(folder).find((name) => !known.test(name));
  if (stranger !== undefined) throw new Refused(`${folder} holds something else (${stranger}): choose an empty folder`);
  return folder;
}
