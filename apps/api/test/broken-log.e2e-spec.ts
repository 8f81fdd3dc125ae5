import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Sealer } from '@app/event-store';
import { Ronde } from './support.js';
import { tamper } from './tampering.js';

const folder = mkdtempSync(join(tmpdir(), 'ronde-broken-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const founding = { name: 'C', circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 10 };
const view = { view: 'Community', selection: 'id name' };

/** Seals all that happened, as time would. */
async function seal({ running: { house } }: Ronde): Promise<void> {
  const sealer = new Sealer(house.store, house.streams, house.vault);
  for (const event of (await house.store.readAll({ max: 1000 })).events) await sealer.on(event);
  await sealer.flush();
}

const health = async (ronde: Ronde): Promise<{ status: number; checks: Record<string, string> }> => {
  const response = await fetch(`${ronde.url}/health/ready`);
  return { status: response.status, ...((await response.json()) as { checks: Record<string, string> }) };
};

describe('a log that was changed before its last seal', () => {
  it('is found in the background: commands stop, reads go on, and the process is not ready', async () => {
    const before = await Ronde.open({ DATA_DIR: data });
    const maite = await before.person('Maïté', 'maite@ronde.test');
    await maite.does('foundCommunity', founding, view);
    await seal(before);
    await before.close();
    tamper(data, `update events set data = replace(data, 'Toronto', 'Halifax') where type = 'CommunityFounded'`);

    const ronde = await Ronde.open({ DATA_DIR: data });
    let found = await health(ronde);
    for (let tries = 0; found.status === 200 && tries < 100; tries++) {
      await setTimeout(50);
      found = await health(ronde);
    }
    expect(found).toMatchObject({
      status: 503,
      checks: { log: 'BROKEN' },
    });
    const again = await ronde.person('Naomi');
    expect(await again.does('foundCommunity', founding, view)).toMatchObject({
      __typename: 'Refused',
      code: 'UNAVAILABLE',
    });
    expect((await again.gets('{ me { account { name } } }')).me.account.name).toBe('Naomi');
    await ronde.close();
  });
});
