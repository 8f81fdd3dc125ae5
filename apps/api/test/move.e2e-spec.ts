import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Position } from '@app/event-store';
import { SqliteCheckpointStore, SqliteEventStore } from '@app/event-store/adapters';
import { StandIn } from '@app/event-store/testing';
import { run } from '../../tools/src/moving/migrate.js';
import { Person, Ronde } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'ronde-move-'));
const data = join(folder, 'data');
let standIn: StandIn;
const said: string[] = [];
beforeAll(async () => {
  standIn = await StandIn.start();
  for (const name of ['log', 'error'] as const)
    jest.spyOn(console, name).mockImplementation((line: unknown) => void said.push(String(line)));
});
afterAll(async () => {
  jest.restoreAllMocks();
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

const here = { DATA_DIR: data, EVENT_STORE_URL: '' };
const there = () => ({ DATA_DIR: data, EVENT_STORE_URL: standIn.url });
const move = (from: string, to: string): Promise<number> =>
  run(['--from', from, '--to', to, '--desk', `sqlite:${data}`]);

interface Trail {
  readonly whole: boolean;
  readonly events: number;
  readonly seals: number;
  readonly head: string;
}

const check = async (person: Person, knownHead?: string): Promise<Trail> => {
  const query = 'query ($knownHead: String) { verifyAuditTrail(knownHead: $knownHead) { whole events seals head } }';
  return (await person.gets<{ verifyAuditTrail: Trail }>(query, { knownHead })).verifyAuditTrail;
};

const organisation = '{ organisation { community { name } rootCircle { name aim members { member { id } } } } }';
const at = (ronde: Ronde, { name, accountId, token }: Person): Person => new Person(ronde, name, accountId, token);

async function checkpoints(): Promise<ReadonlyMap<string, Position>> {
  const desk = new SqliteCheckpointStore(join(data, 'desk.db'));
  const places = await desk.load();
  desk.close();
  return places;
}

/** What she sees of it, as the last thing before a stop. */
async function visit(ronde: Ronde, person: Person): Promise<unknown> {
  const seen = await person.gets(organisation);
  await ronde.close();
  return seen;
}

describe('a community that moves to EventStoreDB and back', () => {
  it('keeps its record whole and sealed, what its members kept of it, and the places of its policies', async () => {
    const first = await Ronde.open(here);
    const maite = await first.person('Maïté', 'maite@ronde.test');
    await maite.acts('foundCommunity', { name: 'C', circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 10 });
    const kept = await check(maite);
    const before = await visit(first, maite);
    const embedded = await checkpoints();
    expect(embedded.size).toBeGreaterThan(3);

    expect([await move(`sqlite:${data}`, standIn.url), said]).toEqual([0, expect.anything()]);
    const moved = await checkpoints();
    expect([...moved.keys()].sort()).toEqual([...embedded.keys()].sort());
    expect([...moved.values()].map((place) => place.length)).toEqual([...moved].map(() => 40));

    const second = await Ronde.open(there());
    const again = at(second, maite);
    const trail = await check(again, kept.head);
    expect(trail.whole).toBe(true);
    expect(trail.seals).toBeGreaterThan(kept.seals);
    const later = await second.person('Naomi', 'naomi@ronde.test');
    const { token } = await again.acts<{ token: string }>('invite');
    await later.acts('redeemInvitation', { token });
    const grown = await check(again, trail.head);
    expect(await visit(second, again)).toEqual(before);

    expect([await move(standIn.url, `sqlite:${data}`), said]).toEqual([0, expect.anything()]);
    const third = await Ronde.open(here);
    const back = at(third, maite);
    const last = await check(back, grown.head);
    expect(last.whole).toBe(true);
    expect(last.seals).toBeGreaterThan(grown.seals);
    expect(await check(back, kept.head)).toMatchObject({ whole: true });
    expect(await visit(third, back)).toEqual(before);
    expect((await checkpoints()).size).toBe(embedded.size);
    const store = await SqliteEventStore.open({ file: join(data, 'log.db') });
    const { events } = await store.readAll({ max: 1_000 });
    await store.close();
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });
});
