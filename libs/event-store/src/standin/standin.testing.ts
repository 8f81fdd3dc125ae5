import { type ChildProcess, fork } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Order, Standing, Start } from './server.js';

export interface StandInOptions extends Pick<Start, 'tls' | 'user'> {
  /** A free one when left out; the same after every restart. */
  readonly port?: number;
  /** What it says of itself. */
  readonly version?: string;
  /** A live subscriber that falls so many events behind is dropped, as servers up to 23.10 do. */
  readonly dropBehind?: number;
}

/**
 * A process that speaks EventStoreDB's protocol, built on the client's own service definitions: for tests. It can die, freeze and lose
 * answers on command, and comes back with the same log on the same port. It ends with this process.
 */
export class StandIn {
  private child: ChildProcess | undefined;
  private readonly directory = mkdtempSync(join(tmpdir(), 'ronde-standin-'));
  private readonly killAtExit = (): void => void this.child?.kill('SIGKILL');
  private boundTo: number;

  private constructor(private readonly options: StandInOptions) {
    this.boundTo = options.port ?? 0;
    process.once('exit', this.killAtExit);
  }

  static async start(options: StandInOptions = {}): Promise<StandIn> {
    const standIn = new StandIn(options);
    await standIn.launch();
    return standIn;
  }

  get port(): number {
    return this.boundTo;
  }

  /** For the adapter, in this process or another. Without TLS. */
  get url(): string {
    return `esdb://127.0.0.1:${this.boundTo}?tls=false`;
  }

  /** The same server found through gossip, as a cluster is. */
  get clusterUrl(): string {
    return `esdb+discover://127.0.0.1:${this.boundTo}?tls=false`;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /** As a power cut: connections break, what was acknowledged stays. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.ref();
    child.kill('SIGKILL');
    await gone;
  }

  /** Kills it if it runs, and starts it on the same port with the same log. */
  async restart(): Promise<void> {
    await this.kill();
    await this.launch();
  }

  /** Connections stay open and nothing moves. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** The next appends are written, and their answers never sent. */
  async loseAnswers(count: number): Promise<void> {
    await this.order({ answersToLose: count });
  }

  /** The next appends are written, and their answers sent so many milliseconds later. */
  async delayAnswers(count: number, delayMs: number): Promise<void> {
    await this.order({ answersToDelay: count, delayMs });
  }

  /** The next appends are refused as by a server that is starting. */
  async notReady(count: number): Promise<void> {
    await this.order({ appendsNotReady: count });
  }

  /** Whether every append and read is refused for lack of rights. */
  async deny(denied: boolean): Promise<void> {
    await this.order({ denied });
  }

  /** Whether another node leads: who is sent there comes back here. */
  async follow(follower: boolean): Promise<void> {
    await this.order({ follower });
  }

  /** How many reads and subscriptions are under way. */
  async openReads(): Promise<number> {
    return (await this.order({})).openReads;
  }

  /** Ends it and removes its log. */
  async stop(): Promise<void> {
    await this.kill();
    process.off('exit', this.killAtExit);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private order(order: Order): Promise<Standing> {
    const { child } = this;
    if (child === undefined) return Promise.reject(new Error('the stand-in does not run'));
    child.channel?.ref();
    return new Promise((resolve) => {
      child.once('message', (standing) => {
        child.channel?.unref();
        resolve(standing as Standing);
      });
      child.send(order);
    });
  }

  private async launch(): Promise<void> {
    const { version = '23.10.0.0', dropBehind = 0, tls, user } = this.options;
    const file = join(this.directory, 'log.jsonl');
    const start: Start = { file, port: this.boundTo, version, dropBehind, tls, user };
    const child = fork(await serverFile(this.directory), [JSON.stringify(start)], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.boundTo = await new Promise<number>((resolve, reject) => {
      child.once('message', (message) => resolve((message as Standing).port));
      child.once('exit', (code) => reject(new Error(`the stand-in ended before it served (${code})`)));
    });
    this.child = child;
    // It does not keep this process alive.
    child.unref();
    child.channel?.unref();
  }
}

/** The server's file: beside this one when this one is compiled, or else compiled into the directory. */
async function serverFile(directory: string): Promise<string> {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.js')) return join(dirname(here), 'server.js');
  const out = join(directory, 'code');
  if (existsSync(out)) return join(out, 'server.js');
  mkdirSync(out);
  for (const [file, text] of await (compiled ??= compile(dirname(here)))) writeFileSync(join(out, file), text);
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  const client = dirname(createRequire(import.meta.url).resolve('@eventstore/db-client/package.json'));
  symlinkSync(dirname(dirname(client)), join(out, 'node_modules'));
  return join(out, 'server.js');
}

let compiled: Promise<ReadonlyMap<string, string>> | undefined;

/** The files of the server as JavaScript, by their names. */
async function compile(from: string): Promise<ReadonlyMap<string, string>> {
  const { default: ts } = await import('typescript');
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const files = readdirSync(from).filter((it) => /^[a-z]+\.ts$/.test(it));
  return new Map(
    files.map((file) => {
      const { outputText } = ts.transpileModule(readFileSync(join(from, file), 'utf8'), { compilerOptions });
      return [file.replace(/ts$/, 'js'), outputText];
    }),
  );
}
