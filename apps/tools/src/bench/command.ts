import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@app/kernel';
import Database from 'better-sqlite3';
import { Clients, type Shot, shotOf } from './command-load.js';
import type { Serving } from './command-messages.js';

const CLIENTS = 32;
/** As many rounds as the time allows, up to these. */
const ROUNDS = 11;
const FEWEST = 3;
const LONGEST_MS = 45_000;
/** Requests in a round: few enough that rounds take turns within a second or two. */
const SHOTS = 640;
/** Fired before anything is measured, at each server, so that all code is compiled. */
const WARMING = 2_400;
/** The last person's answer would close the round: another decision, with policies of its own. */
const ASKED = 7;

export interface CommandReport {
  /** Answers a second, the medians of the rounds. */
  readonly rates: { readonly command: number; readonly constants: number; readonly nothing: number };
  /** `giveConsent` against the same document answered from constants: at least 0.4. */
  readonly toConstants: number;
  /** `giveConsent` against a mutation that takes and answers nothing. */
  readonly toNothing: number;
  /** Milliseconds that a synced write of 4 KiB takes on the same disk, the median. */
  readonly syncMs: number;
  /** Answers acknowledged, each found in the log's file afterwards. */
  readonly answers: number;
}

const document = `mutation ($input: GiveConsentInput!) { giveConsent(input: $input) { __typename
  ... on Proposal { id phase version lastRound { id roster { member { id } state } } }
  ... on Refused { code message }
  ... on Recorded { position } } }`;

/**
 * `giveConsent` over HTTP with 32 clients: authenticated, validated, decided on the folded proposal and its circle, chained, durable, and
 * read back from the projection, by people of a circle of eight in rounds that stay open. In turn with it, in short rounds of one run, the
 * same document and input answered from constants by the same stack, and a mutation that does nothing. Each server has a process.
 */
export async function benchCommand(): Promise<CommandReport> {
  const directory = await mkdtemp(join(tmpdir(), 'ronde-bench-'));
  const asked = WARMING + ROUNDS * SHOTS;
  const servers: Server[] = [];
  try {
    servers.push(await Server.start('command-constants', join(directory, 'constants'), []));
    servers.push(await Server.start('command-server', join(directory, 'real'), [String(Math.ceil(asked / ASKED))]));
    const [constant, real] = servers as [Server, Server];
    const log = join(directory, 'real', 'log.db');
    const before = consentsIn(log);
    const { acknowledged: answers, rounds: rates } = await measure(real, constant);
    const written = consentsIn(log) - before;
    if (written !== answers) throw new Error(`${answers} answers were acknowledged, ${written} are in the log`);
    return { ...reportOf(rates), syncMs: syncTime(join(directory, 'sync')), answers };
  } finally {
    for (const server of servers) await server.stop();
    await rm(directory, { recursive: true });
  }
}

interface Round {
  readonly command: number;
  readonly constants: number;
  readonly nothing: number;
}

async function measure(real: Server, constant: Server): Promise<{ acknowledged: number; rounds: Round[] }> {
  const answers = answersOf(real.serving);
  let acknowledged = 0;
  const take = (count: number): Shot[] => {
    acknowledged += count;
    return Array.from({ length: count }, () => answers.next().value as Shot);
  };
  const constants = (count: number): Shot[] => Array.from({ length: count }, () => sameInput(constant.serving));
  const nothing = shotOf(askerOf(constant.serving), { query: 'mutation { nothing }' }, '"nothing":true');
  const commands = await Clients.open(real.serving.port, CLIENTS);
  const others = await Clients.open(constant.serving.port, CLIENTS);
  const round = async (count: number): Promise<Round> => ({
    command: await commands.fire(take(count)),
    constants: await others.fire(constants(2 * count)),
    nothing: await others.fire(new Array<Shot>(2 * count).fill(nothing)),
  });
  const end = performance.now() + LONGEST_MS;
  await round(WARMING);
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS && (rounds.length < FEWEST || performance.now() < end)) rounds.push(await round(SHOTS));
  commands.close();
  others.close();
  return { acknowledged, rounds };
}

const askerOf = ({ port, tokens }: Serving, nth = 0) => ({ port, token: tokens[nth]! });

/** Everybody's answer to every round; people come after each other in one round, and rounds take turns. */
function* answersOf(serving: Serving): Generator<Shot> {
  for (let nth = 0; nth < ASKED; nth++) {
    const seen = `{"member":{"id":"${serving.members[nth]}"},"state":"consent"}`;
    for (const { proposalId, roundId } of serving.rounds) {
      const input = { commandId: newId(), proposalId, roundId, version: 1 };
      yield shotOf(askerOf(serving, nth), { query: document, variables: { input } }, seen);
    }
  }
}

function sameInput(serving: Serving): Shot {
  const input = { commandId: newId(), proposalId: newId(), roundId: newId(), version: 1 };
  return shotOf(askerOf(serving), { query: document, variables: { input } }, '"state":"consent"');
}

function reportOf(rounds: readonly Round[]): Omit<CommandReport, 'syncMs' | 'answers'> {
  const of = (value: (round: Round) => number): number => median(rounds.map(value));
  return {
    rates: { command: of((it) => it.command), constants: of((it) => it.constants), nothing: of((it) => it.nothing) },
    toConstants: of(({ command, constants }) => command / constants),
    toNothing: of(({ command, nothing }) => command / nothing),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Read from the file by another process than the one that wrote it. */
function consentsIn(file: string): number {
  const log = new Database(file, { readonly: true });
  const count = log.prepare<[], number>(`select count(*) from events where type = 'ConsentGiven'`).pluck().get()!;
  log.close();
  return count;
}

function syncTime(file: string): number {
  const fd = openSync(file, 'w');
  const page = Buffer.alloc(4_096, 1);
  const times = Array.from({ length: 51 }, () => {
    const start = performance.now();
    writeSync(fd, page);
    fdatasyncSync(fd);
    return performance.now() - start;
  });
  closeSync(fd);
  return median(times);
}

/** A server in a process of its own. */
class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly serving: Serving,
  ) {}

  static start(name: string, dataDir: string, words: readonly string[]): Promise<Server> {
    const settings = { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0', DEMO: 'off', LOG_LEVEL: 'warn' };
    const env = { ...process.env, ...settings, DATA_DIR: dataDir };
    const child = fork(new URL(`./${name}.js`, import.meta.url), words, { env });
    return new Promise((resolve, reject) => {
      child.once('message', (serving) => resolve(new Server(child, serving as Serving)));
      child.once('exit', (code) => reject(new Error(`${name} ended before it served (${code})`)));
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      if (this.child.exitCode !== null) return resolve();
      this.child.once('exit', () => resolve());
      this.child.send('stop');
    });
  }
}
