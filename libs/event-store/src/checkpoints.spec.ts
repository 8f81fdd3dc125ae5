import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckpointStore, MemoryCheckpointStore } from './checkpoints.js';
import { SqliteCheckpointStore } from './checkpoints.sqlite.js';

describe.each<[string, (path: string) => CheckpointStore & { close?(): void }]>([
  ['memory', () => new MemoryCheckpointStore()],
  ['the desk', (path) => new SqliteCheckpointStore(path)],
])('checkpoints in %s', (_, open) => {
  const dir = mkdtempSync(join(tmpdir(), 'desk-'));
  const store = open(join(dir, 'desk.db'));
  afterAll(() => {
    store.close?.();
    rmSync(dir, { recursive: true });
  });

  it('move, stay where they are, and are forgotten', async () => {
    await store.save(
      new Map([
        ['a', '1'],
        ['b', '1'],
      ]),
    );
    await store.save(new Map([['a', '2']]));
    expect(await store.load()).toEqual(
      new Map([
        ['a', '2'],
        ['b', '1'],
      ]),
    );
    await store.reset('b');
    expect(await store.load()).toEqual(new Map([['a', '2']]));
  });
});
