import { parseArgs } from 'node:util';
import { type Copied, copyLog, type Copying, verifyCopy } from '@app/event-store';
import { carry, copyDesk, type Desk } from './desk.js';
import { isOnePlace, Places } from './places.js';
import { asVerb, headOf, NotAPlace, teller } from './telling.js';

const usage = `migrate --from <log> --to <log> [--desk <desk> [--to-desk <desk>]] [--verify-only]
  <log>          sqlite:<folder>, a DATA_DIR that no process uses; or esdb://<host>:2113
  --desk         turns the places of the policies too: sqlite:<folder>, or postgres://<host>/<database>
  --to-desk      another desk, which gets them, and the accounts and keys
  --verify-only  verifies both logs and that they are the same; writes nothing`;

interface Words {
  readonly from: string;
  readonly to: string;
  readonly desk: string | undefined;
  readonly toDesk: string | undefined;
  readonly verifyOnly: boolean;
}

/** Copies a log between engines, and a desk. Exit codes: 0 the two are the same, 1 they are not (yet), 2 the words are wrong. */
export function run(words: readonly string[]): Promise<number> {
  return asVerb('migrate', async (signal) => {
    const places = new Places();
    try {
      await migrate(wordsOf(words), places, signal);
    } finally {
      await places.close();
    }
  });
}

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
  else {
    if (desks.to !== desks.from) await copyDesk(desks.from, desks.to);
    await carry(logs, desks);
  }
}

interface Desks {
  readonly from: Desk;
  readonly to: Desk;
}

async function desksOf(places: Places, desk: string, toDesk: string | undefined): Promise<Desks> {
  const from = await places.desk(desk, 'source');
  return { from, to: toDesk === undefined ? from : await places.desk(toDesk, 'target') };
}

function summary({ events, written, hash }: Copied, verifyOnly: boolean): string {
  const done = verifyOnly ? 'nothing was written' : `${written} written now`;
  return `The two logs are the same: ${events} events (${done}), every chain and seal holds${headOf({ hash })}.`;
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
