import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Compiled, compileAdapters } from '../contract/compiled.js';
import { DataDirLocked, lockDataDir } from './data-dir.js';
import { SqliteEventStore } from './sqlite.js';

let directory: string;
let compiled: Compiled;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ronde-data-'));
  compiled = compileAdapters();
});

afterAll(() => {
  compiled.remove();
  rmSync(directory, { recursive: true });
});

/** A process on the compiled adapters, line by line. */
function start(script: string): { process: ChildProcess; lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('a data directory', () => {
  it('is made when it is missing, and held by one owner until it lets go', () => {
    const dir = join(directory, 'new', 'deep');
    const lock = lockDataDir(dir);
    expect(() => lockDataDir(dir)).toThrow(DataDirLocked);
    lock.release();
    lockDataDir(dir).release();
  });

  it('is held by one process: a second is told which directory, and kill -9 frees it', async () => {
    const dir = join(directory, 'shared');
    const hold = `import { lockDataDir } from '${compiled.url('data-dir.js').href}';
      lockDataDir(${JSON.stringify(dir)}); console.log('held'); setInterval(() => {}, 1000);`;
    const { process: holder, lines } = start(hold);
    expect((await lines.next()).value).toBe('held');
    expect(() => lockDataDir(dir)).toThrow(`${dir} is in use by another process`);
    await kill(holder);
    lockDataDir(dir).release();
  });

  it('that cannot be one is the error of the system, not a lock', () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    expect(() => lockDataDir(join(file, 'below'))).toThrow(/ENOTDIR/);
    writeFileSync(join(directory, 'lock.db'), 'not a database at all, not at all'.repeat(100));
    expect(() => lockDataDir(directory)).toThrow(/not a database/);
  });
});

describe('a log whose process was killed', () => {
  it('holds everything that was acknowledged, and nothing by halves', async () => {
    const file = join(directory, 'killed.db');
    const write = `import { randomUUID } from 'node:crypto';
      import { SqliteEventStore } from '${compiled.url('sqlite.js').href}';
      const store = await SqliteEventStore.open({ file: ${JSON.stringify(file)} });
      const event = () => ({ id: randomUUID(), type: 'ThingHappened', data: { text: 'x'.repeat(300) }, meta: {} });
      const writer = async () => {
        const stream = 'thing-' + randomUUID();
        for (let last = -1; ; last += 2) {
          const { revision } = await store.append(stream, [event(), event()], last < 0 ? 'none' : last);
          process.stdout.write(stream + ' ' + revision + '\\n');
        }
      };
      for (let count = 0; count < 8; count++) writer();`;
    const acknowledged = new Map<string, number>();
    for (const patience of [50, 400, 1500]) {
      const { process: child, lines } = start(write);
      for (let count = 0; count < patience; count++) {
        const [stream, revision] = ((await lines.next()).value as string).split(' ');
        acknowledged.set(stream!, Number(revision));
      }
      await kill(child);
      const store = await SqliteEventStore.open({ file });
      store.checkIntegrity();
      for (const [stream, revision] of acknowledged) {
        const [last] = await store.readStream(stream, { backwards: true, max: 1 });
        expect(last!.revision).toBeGreaterThanOrEqual(revision);
        expect(last!.revision % 2).toBe(1);
      }
      await store.close();
    }
  });
});
