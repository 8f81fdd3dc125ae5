import { parseArgs } from 'node:util';
import type { Copied, Progress } from '@app/event-store';
import { CopyRefused, CorruptLog, OutcomeUnknown, StoreUnavailable } from '@app/event-store';
import { DataDirLocked, InvalidStoreUrl } from '@app/event-store/adapters';
import { IdentityDiffers } from '@app/identity';
import { PostgresUnavailable, PostgresUnsupported, PostgresUrlInvalid } from '@app/postgres';
import { KeysDiffer } from '@app/vault/adapters';
import { StartRefused } from '../../../api/src/config.js';

/** What was asked for cannot be meant. */
export class NotAPlace extends Error {
  override readonly name = 'NotAPlace';
}

/** What was asked for cannot be done with what is there; the message says what to do. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

class Stopped extends Error {}

/** Does a verb until a signal stops it, and tells in one line what went wrong. Exit codes: 0 done, 1 not, or not yet, 2 the words are wrong. */
export async function asVerb(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<number> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Stopped('stopped'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await work(stopping.signal);
    return 0;
  } catch (error) {
    console.error(`${name}: ${lineOf(error)}`);
    return isWrongWord(error) ? 2 : 1;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** The folder that `--<option>` names: the one word that some verbs take. */
export function folderNamed(option: string, words: readonly string[], usage: string): string {
  try {
    const given = parseArgs({ args: [...words], options: { [option]: { type: 'string' } } }).values[option];
    if (given) return given;
  } catch (error) {
    throw new NotAPlace(`${(error as Error).message}\n${usage}`);
  }
  throw new NotAPlace(`--${option} is needed\n${usage}`);
}

const sayEveryMs = 2_000;

/** Tells what is done, and how far it is now and then. */
export function teller(): (progress: Progress) => void {
  let [doing, next] = ['', 0];
  return (progress) => {
    if (progress.doing === doing && performance.now() < next) return;
    [doing, next] = [progress.doing, performance.now() + sayEveryMs];
    console.log(`${progress.doing}: ${progress.events}${progress.of === undefined ? '' : ` of ${progress.of}`} events`);
  };
}

export function headOf({ hash }: Pick<Copied, 'hash'>): string {
  return hash === undefined ? '' : `, head ${hash}`;
}

const wrong = [NotAPlace, InvalidStoreUrl, PostgresUrlInvalid, StartRefused];
const passing = [StoreUnavailable, OutcomeUnknown, PostgresUnavailable];
const told = [Refused, CopyRefused, CorruptLog, DataDirLocked, PostgresUnsupported, KeysDiffer, IdentityDiffers];

type Kind = abstract new (...args: never[]) => Error;
const isOf = (error: unknown, kinds: readonly Kind[]): boolean => kinds.some((kind) => error instanceof kind);

const isWrongWord = (error: unknown): boolean => isOf(error, wrong);

const again = 'What is copied stays; the same command goes on from there.';

/** What went wrong in one line for the operator; what nobody foresaw, as it is. */
function lineOf(error: unknown): string {
  if (error instanceof Stopped) return `stopped. ${again}`;
  if (isOf(error, passing)) return `${(error as Error).message}. ${again}`;
  if (isWrongWord(error) || isOf(error, told)) return (error as Error).message;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? `${message} (${code})` : (stack ?? String(error));
}
