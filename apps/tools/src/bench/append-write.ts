import { join } from 'node:path';
import { type Act, Codec, type Receipt, Streams } from '@app/event-store';
import { SqliteEventStore } from '@app/event-store/adapters';
import {
  answered,
  catalogue,
  type Decider,
  event,
  type FactOf,
  id,
  newId,
  SystemClock,
  text,
  whole,
} from '@app/kernel';
import { SqliteVault } from '@app/vault/adapters';
import { type Contender, type OpenContender, WRITERS } from './append-port.js';

const events = catalogue('proposal', {
  ConsentGiven: event({ roundId: id(), version: whole(), ...answered(), concern: text({ member: 'by' }, 4_000) }),
});
type Consent = FactOf<typeof events>;

interface Round {
  readonly answers: number;
  readonly last: string;
}
const round: Decider<Round, Consent> = {
  category: 'proposal',
  initial: { answers: 0, last: '' },
  evolve: ({ answers }, { data }) => ({ answers: answers + 1, last: data.by }),
};

interface Command {
  readonly act: Act;
  readonly fact: Consent;
}

const community = newId();

/** A consent as a handler would pass it on, with a concern to be encrypted or without: some 800 bytes as stored, or 1000. */
function command(circle: string, roundId: string, by: string, says: boolean): Command {
  const input = { roundId, version: 3, by, concern: says ? `Le budget de ${newId()} me semble serré.` : null };
  const act = { community, circle, actor: by, command: 'GiveConsent', commandId: newId(), input };
  const data = { ...input, enteredBy: by, channel: 'own' as const };
  const made: Command = { act: { ...act, correlationId: newId() }, fact: { type: 'ConsentGiven', data } };
  // As a request leaves it: parsed from JSON.
  return JSON.parse(JSON.stringify(made)) as Command;
}

/** Everything `write()` does: idempotency, fingerprint, fold, decision, validation, hash chain, durable append. */
export const write: OpenContender = (directory) => opened(join(directory, 'write'), false);
/** The same with a text that somebody wrote, hence with encryption. */
export const writeText: OpenContender = (directory) => opened(join(directory, 'write-text'), true);

async function opened(path: string, says: boolean): Promise<Contender> {
  const store = await SqliteEventStore.open({ file: `${path}.db` });
  const vault = new SqliteVault({ database: `${path}-desk.db`, masterKeyFile: `${path}.key` });
  const streams = new Streams(store, new Codec(vault, [events]), vault, new SystemClock());
  const circle = newId();
  const writers = Array.from({ length: WRITERS }, () => ({ proposal: newId(), roundId: newId(), by: newId() }));
  const prepare = (each: number) => {
    const work = writers.map(({ proposal, roundId, by }) => {
      const commands = Array.from({ length: each }, () => command(circle, roundId, by, says));
      return { proposal, commands };
    });
    const send = async ({ proposal, commands }: (typeof work)[number]): Promise<Receipt | undefined> => {
      let receipt: Receipt | undefined;
      for (const { act, fact } of commands) receipt = await streams.write(round, proposal, act, () => [fact]);
      return receipt;
    };
    return async () => void (await Promise.all(work.map(send)));
  };
  const close = async (): Promise<void> => {
    await store.close();
    await vault.close();
  };
  // As a process that has served for a minute.
  await prepare(64)();
  return { prepare, close };
}
