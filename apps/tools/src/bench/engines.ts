import { type ChildProcess, fork } from 'node:child_process';
import { StandIn } from '@app/event-store/testing';
import { WRITERS } from './append-port.js';
import type { Task, Took } from './engines-messages.js';

const ROUNDS = 11;
const EACH = 24;
const EVENTS = 20_000;
/** Before anything is measured, so that all code is compiled: appends of each contender, which fill the log as well. */
const WARMING = Math.ceil(EVENTS / 2 / WRITERS);

/** A contender at one task, the medians of the rounds. */
export interface Pace {
  /** Events a second. */
  readonly rate: number;
  /** Microseconds of its processor for each event: what counts where the server is no bottleneck. */
  readonly cpu: number;
}

export interface EnginesReport {
  readonly paces: Readonly<Record<keyof Round, Pace>>;
  /** The adapter against the bare client, the same appends 64 in flight: at least 0.8. */
  readonly append: number;
  /** The adapter's subscription against the bare client's, from the first event: at least 0.8. */
  readonly subscribe: number;
  /** The adapter's pages, by which followers begin, against the bare client's subscription: at least 0.8. */
  readonly pages: number;
}

interface Round {
  readonly bareAppend: Pace;
  readonly adapterAppend: Pace;
  readonly bareCatchUp: Pace;
  readonly adapterCatchUp: Pace;
  readonly adapterPages: Pace;
}

/**
 * The adapter against the bare client of EventStoreDB, in turn for several short rounds, against one server: the stand-in that tests use, or
 * a real one when a URL is given. Each contender has a process, since a process holds one client. Ratios are medians of each round's ratio.
 */
export async function benchEngines(serverUrl?: string): Promise<EnginesReport> {
  const standIn = serverUrl === undefined ? await StandIn.start() : undefined;
  const url = serverUrl ?? standIn!.url;
  const contenders: Contender[] = [];
  try {
    contenders.push(await Contender.start('engines-bare', url));
    contenders.push(await Contender.start('engines-adapter', url));
    const [bare, adapter] = contenders as [Contender, Contender];
    const rounds: Round[] = [];
    for (const it of contenders) await it.pace(WRITERS * WARMING, { task: 'append', writers: WRITERS, each: WARMING });
    await measure(bare, adapter);
    while (rounds.length < ROUNDS) rounds.push(await measure(bare, adapter));
    return reportOf(rounds);
  } finally {
    for (const contender of contenders) await contender.stop();
    await standIn?.stop();
  }
}

async function measure(bare: Contender, adapter: Contender): Promise<Round> {
  const append = { task: 'append', writers: WRITERS, each: EACH } as const;
  const catchUp = { task: 'catch up', events: EVENTS } as const;
  return {
    bareAppend: await bare.pace(WRITERS * EACH, append),
    adapterAppend: await adapter.pace(WRITERS * EACH, append),
    bareCatchUp: await bare.pace(EVENTS, catchUp),
    adapterCatchUp: await adapter.pace(EVENTS, catchUp),
    adapterPages: await adapter.pace(EVENTS, { task: 'read pages', events: EVENTS }),
  };
}

function reportOf(rounds: readonly Round[]): EnginesReport {
  const of = (value: (round: Round) => number): number => median(rounds.map(value));
  const pace = (name: keyof Round): Pace => ({ rate: of((it) => it[name].rate), cpu: of((it) => it[name].cpu) });
  const ratio = (one: keyof Round, other: keyof Round): number => of((it) => it[one].rate / it[other].rate);
  return {
    paces: {
      bareAppend: pace('bareAppend'),
      adapterAppend: pace('adapterAppend'),
      bareCatchUp: pace('bareCatchUp'),
      adapterCatchUp: pace('adapterCatchUp'),
      adapterPages: pace('adapterPages'),
    },
    append: ratio('adapterAppend', 'bareAppend'),
    subscribe: ratio('adapterCatchUp', 'bareCatchUp'),
    pages: ratio('adapterPages', 'bareCatchUp'),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** A contender in a process of its own. */
class Contender {
  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(name: string, url: string): Promise<Contender> {
    const child = fork(new URL(`./${name}.js`, import.meta.url), [url]);
    const contender = new Contender(name, child);
    await contender.heard();
    return contender;
  }

  async pace(events: number, task: Task): Promise<Pace> {
    const answer = this.heard();
    this.child.send(task);
    const { ms, cpuMs } = (await answer) as Took;
    return { rate: (events * 1_000) / ms, cpu: (cpuMs * 1_000) / events };
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      if (this.child.exitCode !== null) return resolve();
      this.child.once('exit', () => resolve());
      this.child.disconnect();
    });
  }

  private heard(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`${this.name} ended before it answered (${code})`));
      this.child.once('exit', ended);
      this.child.once('message', (message) => {
        this.child.off('exit', ended);
        resolve(message);
      });
    });
  }
}
