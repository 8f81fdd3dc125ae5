import { parseArgs } from 'node:util';
import {
  carryCheckpoints,
  type Copied,
  copyLog,
  type Copying,
  CopyRefused,
  CorruptLog,
  type EventStore,
  OutcomeUnknown,
  type Progress,
  StoreUnavailable,
  verifyCopy,
} from '@app/event-store';
import { DataDirLocked, InvalidStoreUrl } from '@app/event-store/adapters';
import { PostgresUnavailable, PostgresUnsupported, PostgresUrlInvalid } from '@app/postgres';
import { isOnePlace, NotAPlace, Places } from './places.js';

const usage = `migrate --from <log> --to <log> [--desk <desk> [--to-desk <desk>]] [--verify-only]
  <log>          sqlite:<folder>, a DATA_DIR that no process uses; or esdb://<host>:2113
  --desk         turns the places of the policies too: sqlite:<folder>, or postgres://<host>/<database>
  --to-desk      the desk that gets them, where it is another one
  --verify-only  verifies both logs and that they are the same; writes nothing`;

interface Words {
  readonly from: string;
  readonly to: string;
  readonly desk: string | undefined;
  readonly toDesk: string | undefined;
  readonly verifyOnly: boolean;
}

/** Copies a log between engines. Exit codes: 0 the two are the same, 1 they are not (yet), 2 the words are wrong. */
export async function run(words: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Stopped('stopped'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const places = new Places();
  try {
    await migrate(wordsOf(words), places, stopping.signal);
    return 0;
  } catch (error) {
    console.error(`migrate: ${lineOf(error)}`);
    return isWrongWord(error) ? 2 : 1;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await places.close();
  }
}

class Stopped extends Error {}

async function migrate({ from, to, desk, toDesk, verifyOnly }: Words, places: Places, signal: AbortSignal) {
  const logs = { from: await places.log(from, 'source'), to: await places.log(to, 'target') };
  // A server that is away is told of now, not after a long verification of the other end.
  await Promise.all([logs.from.head(), logs.to.head()]);
  const desks = desk === undefined ? undefined : await desksOf(places, desk, toDesk);
  const copying: Copying = { ...logs, signal, told: teller() };
  const copied = verifyOnly ? await verifyCopy(copying) : await copyLog(copying);
  console.log(summary(copied, verifyOnly));
  if (verifyOnly) return;
  if (desks === undefined) console.log('The places of the policies were left as they are: --desk turns them.');
  else await carry(logs, desks);
}

type Desks = Awaited<ReturnType<typeof desksOf>>;

async function desksOf(places: Places, desk: string, toDesk: string | undefined) {
  const from = await places.desk(desk);
  return { from, to: toDesk === undefined ? from : await places.desk(toDesk) };
}

async function carry(logs: { from: EventStore; to: EventStore }, desks: Desks): Promise<void> {
  const { carried, there, forgotten } = await carryCheckpoints(
    { store: logs.from, checkpoints: desks.from },
    { store: logs.to, checkpoints: desks.to },
  );
  console.log(`Policies: ${carried.length} go on where they stood.`);
  if (there.length > 0) console.log(`Their places were turned before: ${there.join(', ')}.`);
  if (forgotten.length > 0)
    console.log(`They begin at the first event, which does nothing twice, for no place fits: ${forgotten.join(', ')}.`);
}

function summary({ events, written, hash }: Copied, verifyOnly: boolean): string {
  const done = verifyOnly ? 'nothing was written' : `${written} written now`;
  return `The two logs are the same: ${events} events (${done}), every chain and seal holds${hash === undefined ? '' : `, head ${hash}`}.`;
}

const sayEveryMs = 2_000;

/** Tells what is done, and how far it is now and then. */
function teller(): (progress: Progress) => void {
  let [doing, next] = ['', 0];
  return (progress) => {
    if (progress.doing === doing && performance.now() < next) return;
    [doing, next] = [progress.doing, performance.now() + sayEveryMs];
    console.log(`${progress.doing}: ${progress.events}${progress.of === undefined ? '' : ` of ${progress.of}`} events`);
  };
}

function wordsOf(words: readonly string[]): Words {
  const text = { type: 'string' } as const;
  const options = { from: text, to: text, desk: text, 'to-desk': text, 'verify-only': { type: 'boolean' } } as const;
  const { from, to, desk, 'to-desk': toDesk, 'verify-only': verifyOnly = false } = parsed();
  if (from === undefined || to === undefined) throw new NotAPlace(`--from and --to are both needed\n${usage}`);
  if (isOnePlace(from, to))
    throw new NotAPlace('--from and --to are one folder, or both an event store: nothing to copy');
  if (toDesk !== undefined && desk === undefined) throw new NotAPlace('--to-desk needs --desk, which it is taken from');
  return { from, to, desk, toDesk, verifyOnly };

  function parsed() {
    try {
      return parseArgs({ args: [...words], options }).values;
    } catch (error) {
      throw new NotAPlace(`${(error as Error).message}\n${usage}`);
    }
  }
}

const isWrongWord = (error: unknown): boolean =>
  error instanceof NotAPlace || error instanceof InvalidStoreUrl || error instanceof PostgresUrlInvalid;

const again = 'What is copied stays; the same command goes on from there.';

/** What went wrong in one line for the operator; what nobody foresaw, as it is. */
function lineOf(error: unknown): string {
  if (error instanceof Stopped) return `stopped. ${again}`;
  const passing = [StoreUnavailable, OutcomeUnknown, PostgresUnavailable];
  if (passing.some((kind) => error instanceof kind)) return `${(error as Error).message}. ${again}`;
  const told = [CopyRefused, CorruptLog, DataDirLocked, PostgresUnsupported];
  if (isWrongWord(error) || told.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? `${message} (${code})` : (stack ?? String(error));
}
