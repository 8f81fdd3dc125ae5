import { performance } from 'node:perf_hooks';
import { newId } from '@app/kernel';
import { checkedAppend } from './checked-append.js';
import { GroupCommit } from './group-commit.js';
import type { Committer } from './sqlite.thread.js';
import { type Outcome, SEPARATOR } from './sqlite.writer.js';

/** A disk that makes a group durable when it is told to, and says how long that took. */
class Disk implements Committer {
  readonly groups: number[] = [];
  private taken = 0;
  private readonly durable: (() => void)[] = [];

  constructor(private readonly ms: number) {}

  add(appends: string): void {
    this.taken += appends === '' ? 0 : appends.split(SEPARATOR).length / 7;
  }

  commit(appends: string): Promise<Outcome> {
    this.add(appends);
    const size = this.taken;
    this.taken = 0;
    this.groups.push(size);
    const results = Array.from({ length: size }, () => [0, 1]).flat();
    return new Promise((resolve) => this.durable.push(() => resolve({ results, ms: this.ms })));
  }

  async close(): Promise<void> {}

  finish(): void {
    this.durable.shift()?.();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const append = () => checkedAppend(`note-${newId()}`, [{ id: newId(), type: 'Noted', data: {}, meta: {} }], 'none');

async function warm(disk: Disk, appends: GroupCommit): Promise<void> {
  const first = appends.append(append());
  await turn();
  disk.finish();
  await first;
}

/** Appends one after the other in one turn, each after so many milliseconds of work. */
function inOneTurn(appends: GroupCommit, count: number, ms: number): Promise<unknown>[] {
  return Array.from({ length: count }, () => {
    for (const start = performance.now(); performance.now() - start < ms;);
    return appends.append(append());
  });
}

describe('a group', () => {
  const open = (ms: number) => {
    const disk = new Disk(ms);
    return {
      disk,
      appends: new GroupCommit(
        disk,
        () => undefined,
        () => undefined,
      ),
    };
  };

  it('is everything that came in one turn, where the disk is slower than the turn', async () => {
    const { disk, appends } = open(1_000);
    await warm(disk, appends);
    const told = inOneTurn(appends, 64, 0.05);
    await turn();
    disk.finish();
    await Promise.all(told);
    expect(disk.groups).toEqual([1, 64]);
  });

  it('is not waited for to the end of a turn that lasts longer than a commit', async () => {
    const { disk, appends } = open(0.001);
    await warm(disk, appends);
    const told = inOneTurn(appends, 64, 0.05);
    expect(disk.groups).toEqual([1, 16]);
    for (let left = 4; left > 0; left--) {
      disk.finish();
      await turn();
      await turn();
    }
    await Promise.all(told);
    expect(disk.groups).toEqual([1, 16, 48]);
  });

  it('goes to the disk before those of the one before it are told', async () => {
    const { disk, appends } = open(0.001);
    await warm(disk, appends);
    const [first] = inOneTurn(appends, 32, 0.05);
    let seen = 0;
    void first!.then(() => (seen = disk.groups.length));
    disk.finish();
    await first;
    await turn();
    expect(seen).toBe(3);
    disk.finish();
  });

  it('is committed before the store is closed', async () => {
    const { disk, appends } = open(0.001);
    await warm(disk, appends);
    const told = inOneTurn(appends, 40, 0.05);
    const closed = appends.close();
    for (let left = 4; left > 0; left--) {
      disk.finish();
      await turn();
    }
    await Promise.all([...told, closed]);
    expect(disk.groups.reduce((sum, size) => sum + size, 0)).toBe(41);
  });
});
