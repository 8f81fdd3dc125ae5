import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '@app/event-store';
import { SqliteEventStore } from '@app/event-store/adapters';
import { freePort } from '../../tools/src/faults/processes.js';

const server = 'dist/apps/api/apps/api/src/main.js';
const tools = 'dist/apps/tools/apps/tools/src/main.js';
const kills = 10;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A process of its own, and what it said. */
class Spawned {
  said = '';
  readonly ended: Promise<number | null>;

  constructor(readonly child: ChildProcess) {
    for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (text: Buffer) => (this.said += text.toString()));
    this.ended = new Promise((resolve) => child.on('close', resolve));
  }

  static node(args: readonly string[], env: NodeJS.ProcessEnv): Spawned {
    return new Spawned(spawn(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '', ...env } }));
  }
}

const journal = (path: string, mark: '>' | '<'): string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(mark))
        .map((line) => line.slice(1))
    : [];

async function everything(file: string): Promise<StoredEvent[]> {
  const store = await SqliteEventStore.open({ file });
  const found: StoredEvent[] = [];
  for (let after: string | undefined, end = false; !end;) {
    const page = await store.readAll({ after, max: 500 });
    found.push(...page.events);
    ({ next: after, end } = page);
  }
  await store.close();
  return found;
}

describe('a server killed in the middle of a community’s journey', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ronde-crash-'));
  const acknowledged = join(folder, 'journal');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('resumes at each of ten random moments with a command in flight, and loses nothing it acknowledged', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const dataDir = join(folder, 'data');
    const place = { DATA_DIR: dataDir, MASTER_KEY_FILE: join(folder, 'master.key'), PORT: String(port) };
    const settings = { ...place, NODE_ENV: 'development', DEMO: 'off', LOG_LEVEL: 'error', SIGN_IN_TRIES: '10000' };
    const ready = async (): Promise<boolean> =>
      fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    const serve = async (): Promise<Spawned> => {
      const started = Spawned.node([server], settings);
      for (let tries = 0; !(await ready()); tries += 1) {
        if (tries > 600 || started.child.exitCode !== null) throw new Error(`it does not start: ${started.said}`);
        await pause(50);
      }
      return started;
    };
    const inFlight = (): boolean => {
      const done = new Set(journal(acknowledged, '<'));
      const last = journal(acknowledged, '>').at(-1);
      return last !== undefined && !done.has(last);
    };

    let running = await serve();
    const traveller = Spawned.node([tools, 'demo:journey'], { RONDE_URL: url, RONDE_JOURNAL: acknowledged });
    let killed = 0;
    while (killed < kills && traveller.child.exitCode === null) {
      await pause(50 + Math.random() * 400);
      for (let tries = 0; !inFlight() && tries < 2_000; tries += 1) await pause(1);
      if (traveller.child.exitCode !== null) break;
      running.child.kill('SIGKILL');
      await running.ended;
      killed += 1;
      running = await serve();
    }
    const code = await traveller.ended;
    running.child.kill('SIGTERM');
    await running.ended;

    expect([code, traveller.said]).toEqual([0, expect.stringContaining('Lise est oubliée')]);
    expect(killed).toBe(kills);
    const events = await everything(join(dataDir, 'log.db'));
    const written = new Set(events.map((event) => event.meta['commandId']));
    expect(journal(acknowledged, '<').filter((id) => !written.has(id))).toEqual([]);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  }, 240_000);
});
