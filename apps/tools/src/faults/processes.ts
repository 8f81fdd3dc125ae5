import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { Heard } from './heard.js';

/** As built: commands are run in the project's folder. */
const mains = {
  api: 'dist/apps/api/apps/api/src/main.js',
  projector: 'dist/apps/projector/apps/projector/src/main.js',
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One process of the product, on a port that stays its own: it can be killed, and started again as it was. */
export class Member {
  private child: ChildProcess | undefined;
  private readonly heard = new Heard();

  private constructor(
    readonly name: string,
    private readonly main: string,
    readonly port: number,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(
    part: keyof typeof mains,
    name: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<Member> {
    const member = new Member(name, resolve(mains[part]), await freePort(), environment);
    member.launch();
    await member.ready();
    return member;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get said(): readonly string[] {
    return this.heard.said;
  }

  get unforeseen(): readonly string[] {
    return this.heard.unforeseen;
  }

  launch(): void {
    const env = { ...process.env, NODE_OPTIONS: '', ...this.environment, PORT: String(this.port) };
    const child = spawn(process.execPath, [this.main], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    let rest = '';
    child.stderr.on('data', (text: Buffer) => {
      const lines = (rest + text.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.heard.hear(line);
    });
    child.once('exit', (code, signal) => {
      if (this.child === child) this.heard.hear(`uncaught end of ${this.name}: exit code ${code}, signal ${signal}`);
    });
  }

  async ready(longestMs = 60_000): Promise<void> {
    for (const end = Date.now() + longestMs; Date.now() < end; await pause(50)) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error(`${this.name} is not ready after ${longestMs} ms. It said:\n${this.said.slice(-20).join('\n')}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Ends it at once, or in order (`SIGTERM`). */
  async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

/** A port of this machine that nothing listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
