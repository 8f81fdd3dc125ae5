import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedId, type Recorded } from '@app/kernel';
import Database from 'better-sqlite3';
import { deliver, erased, pledge, pledgeProjection, recorded, seat, seatProjection } from '../testing.js';
import { SqliteReadStore } from './sqlite.js';

describe('what a forgotten person wrote', () => {
  let dir: string;
  let store: SqliteReadStore;
  const path = (): string => join(dir, 'read-models.db');
  let last: string | undefined;
  const tell = async (...facts: Recorded[]): Promise<void> => {
    await deliver(store, facts, last);
    last = facts.at(-1)!.position;
  };
  /** How often a word stands in any file beside the read models. */
  const onDisk = (word: string): number =>
    readdirSync(dir)
      .map((name) => readFileSync(join(dir, name)).toString('latin1').split(word).length - 1)
      .reduce((a, b) => a + b, 0);
  const pledged = (count: number): Recorded[] =>
    Array.from({ length: count }, (_, at) => {
      const by = at % 3 === 0 ? 'zoe' : 'ana';
      const long = at % 50 === 0 ? 'x'.repeat(9_000) : 'x'.repeat(at % 90);
      return pledge(derivedId('pledge', String(at)), by, `words of ${by} ${long} end of ${by}`);
    });

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'read-models-'));
    last = undefined;
    store = new SqliteReadStore({ path: path(), projections: [seatProjection(), pledgeProjection] });
    await (await store.draft()).serve();
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true });
  });

  it('is in no file any more once they are forgotten, however often it was rewritten', async () => {
    const facts = pledged(900);
    for (let at = 0; at < facts.length; at += 100) await tell(...facts.slice(at, at + 100));
    for (const { data } of facts.slice(0, 300)) {
      const { pledgeId, by } = data as { pledgeId: string; by: string };
      await tell(recorded('PledgeReworded', { pledgeId, said: `words of ${by}, reworded, end of ${by}` }));
    }
    expect(onDisk('words of zoe')).toBeGreaterThan(300);
    expect(onDisk('ZOE')).toBeGreaterThan(300);
    await tell(erased('zoe'));
    expect(onDisk('ZOE')).toBe(0);
    expect([onDisk('words of zoe'), onDisk('end of zoe')]).toEqual([0, 0]);
    expect(onDisk('words of ana')).toBeGreaterThan(600);
  });

  it('leaves the log of the file later, where somebody was reading', async () => {
    await tell(pledge('a', 'zoe', 'words of zoe'));
    const reader = new Database(path(), { readonly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from "pledge"').get();
    await tell(erased('zoe'));
    expect(onDisk('words of zoe')).toBeGreaterThan(0);
    reader.close();
    await tell(seat('s'));
    expect(onDisk('words of zoe')).toBe(0);
  });

  it('is in no rebuild that was cut short', async () => {
    const draft = await store.draft();
    await deliver(draft, [pledge('a', 'zoe', 'words of zoe')]);
    await store.close();
    expect(onDisk('words of zoe')).toBeGreaterThan(0);
    store = new SqliteReadStore({ path: path(), projections: [seatProjection(), pledgeProjection] });
    expect(onDisk('words of zoe')).toBe(0);
  });

  it('is on no page of the file that a rebuild made, nor of one whose process was killed before it came to it', async () => {
    const facts = [...pledged(900), erased('zoe')];
    const draft = await store.draft();
    for (let at = 0; at < facts.length; at += 100) await deliver(draft, facts.slice(at, at + 100));
    expect(onDisk('ZOE')).toBeGreaterThan(0);
    await draft.serve();
    expect(onDisk('ZOE')).toBe(0);
    await store.close();
    const killed = new Database(path());
    killed.exec(
      `insert into "pledge_word" values ('ZOE', 'late', 'zoe'); delete from "pledge_word"; pragma user_version = 1`,
    );
    killed.close();
    expect(onDisk('ZOE')).toBeGreaterThan(0);
    store = new SqliteReadStore({ path: path(), projections: [seatProjection(), pledgeProjection] });
    expect(onDisk('ZOE')).toBe(0);
  });
});
