import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Copied, copyLog, type EventStore, verifySource } from '@app/event-store';
import { lockDataDir } from '@app/event-store/adapters';
import { MasterKeyUnusable, readMasterKey } from '@app/vault/adapters';
import { readConfig } from '../../../api/src/config.js';
import type { Environment } from '../../../api/src/running.js';
import { type Manifest, manifestFile } from './backup.js';
import { closingAfter, Deployment, expectFile, openLogFile, removeDatabase } from './deployment.js';
import { carry, type Closing, copyDesk, fileDesk } from './desk.js';
import { asVerb, folderNamed, headOf, Refused, teller } from './telling.js';

const usage = `restore --from <folder>
  <folder>  a finished backup. It is put where the settings say, as for the process itself: an empty DATA_DIR, or empty servers.`;

/**
 * Puts a backup back where the settings of the environment say, which must be empty, or hold the beginning of that very backup. Read
 * models are left alone: a start finds whether they are of this log. Exit codes as `migrate`.
 */
export function run(words: readonly string[], environment: Environment = process.env): Promise<number> {
  return asVerb('restore', async (signal) => {
    const deployment = new Deployment(readConfig(environment));
    const folder = resolve(folderNamed('from', words, usage));
    const manifest = manifestIn(folder);
    const { events, hash } = await closingAfter((closing) => restore(deployment, folder, manifest, closing, signal));
    console.log(`Put back: ${events} events, every chain and seal holds${headOf({ hash })}.`);
    console.log(keyAdvice(deployment.masterKeyFile));
  });
}

async function restore(
  deployment: Deployment,
  folder: string,
  manifest: Manifest,
  closing: Closing,
  signal: AbortSignal,
): Promise<Copied> {
  if (deployment.folder === folder)
    throw new Refused(`${folder} is the backup itself: DATA_DIR must be another folder`);
  if (deployment.logFile !== undefined || deployment.deskFolder !== undefined) {
    const lock = lockDataDir(deployment.folder);
    closing.push(() => lock.release());
  }
  expectFile(folder, 'desk.db');
  const source = fileDesk(folder, closing, { readonly: true });
  const telling = { signal, told: teller() };
  const stage = staged(deployment, folder, closing);
  const whole = await closingAfter(async (then) => verifySource({ from: await openLogFile(stage, then), ...telling }));
  if (whole.hash !== manifest.head || whole.events !== manifest.events)
    throw new Refused(
      `${folder} is not what was backed up, of which ${manifestFile} tells: ${manifest.events} events${headOf({ hash: manifest.head })}`,
    );
  const logs = await logsAt(deployment, stage, closing);
  if (logs.from !== logs.to) await copyLog({ ...logs, ...telling });
  const desk = await deployment.deskToFill(closing);
  await copyDesk(source, desk);
  await carry(logs, { from: source, to: desk });
  return whole;
}

/** A copy of the backup's log, since SQLite writes beside what it reads: where it is to stay, if that is a file. */
function staged({ logFile }: Deployment, folder: string, closing: Closing): string {
  const stage = logFile === undefined ? mkdtempSync(join(tmpdir(), 'ronde-restore-')) : dirname(logFile);
  const file = join(stage, 'restoring.db');
  closing.push(() => (logFile === undefined ? rmSync(stage, { recursive: true }) : removeDatabase(file)));
  removeDatabase(file);
  copyFileSync(expectFile(folder, 'log.db'), file);
  synced(file);
  return file;
}

/** Both ends of the copy. A whole file takes its place, unless there is one, which may be it already. */
async function logsAt(
  { logFile, server }: Deployment,
  stage: string,
  closing: Closing,
): Promise<{ from: EventStore; to: EventStore }> {
  if (logFile !== undefined && !existsSync(logFile)) {
    renameSync(stage, logFile);
    const log = await openLogFile(logFile, closing);
    return { from: log, to: log };
  }
  const from = await openLogFile(stage, closing);
  return { from, to: logFile === undefined ? await server(closing) : await openLogFile(logFile, closing) };
}

function synced(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function keyAdvice(file: string): string {
  if (!existsSync(file))
    return `Before the start, put the master key back as ${file}, for its owner alone (chmod 600).`;
  try {
    readMasterKey(file, { mayCreate: false });
    return `The master key is ${file}.`;
  } catch (error) {
    if (error instanceof MasterKeyUnusable) return error.message;
    throw error;
  }
}

function manifestIn(folder: string): Manifest {
  const file = join(folder, manifestFile);
  if (!existsSync(file))
    throw new Refused(`there is no ${manifestFile} in ${folder}: it is no backup, or one that was cut short`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  if (manifest.format !== 1)
    throw new Refused(`${file} is of a format that this release does not know: ${manifest.format}`);
  return manifest;
}
