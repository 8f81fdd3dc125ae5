import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StandIn } from '@app/event-store/testing';
import { start } from '../src/running.js';
import { startFailure } from '../src/start-failure.js';
import { type Person, Ronde } from './support.js';

let standIn: StandIn;
let ronde: Ronde;
let ana: Person;

beforeAll(async () => {
  standIn = await StandIn.start();
  ronde = await Ronde.open({ EVENT_STORE_URL: standIn.url });
  ana = await ronde.person('Ana');
});
afterAll(async () => {
  await ronde.close();
  await standIn.stop();
});

const founding = { circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 10 };

describe('with the log in EventStoreDB (stand-in) and everything else embedded', () => {
  it('a community is founded, and its record verified', async () => {
    await ana.acts('foundCommunity', { ...founding, name: 'C', commandId: 'found' });
    const { verifyAuditTrail } = await ana.gets('{ verifyAuditTrail { whole events } }');
    expect(verifyAuditTrail).toMatchObject({ whole: true });
    expect(verifyAuditTrail.events).toBeGreaterThan(0);
  });

  it('commands get UNAVAILABLE while the server is away, reading goes on, and the same click is done once it is back', async () => {
    await standIn.kill();
    expect(await ronde.health(503)).toMatchObject({ store: 'UNWRITABLE' });
    const leaving = { commandId: 'leave-once' };
    expect(await ana.refused('leaveCommunity', leaving)).toMatch(/^(UNAVAILABLE|OUTCOME_UNKNOWN)$/);
    expect((await ana.gets('{ organisation { rootCircle { name } } }')).organisation.rootCircle.name).toBe('R');
    await standIn.restart();
    await ronde.health(200);
    expect(await ana.tries('leaveCommunity', leaving)).toMatchObject({ __typename: 'Gone' });
  });
});

describe('a start that needs EventStoreDB', () => {
  it('refuses a URL that no waiting mends, in one line without the password', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ronde-url-'));
    const environment = {
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      EVENT_STORE_URL: 'esdb://a:secret@h?tls=false',
    };
    const line = await start(environment).then(
      () => 'started',
      (error: unknown) => startFailure(error, environment),
    );
    rmSync(folder, { recursive: true });
    expect(line).toMatch(/tls=false/);
    expect(line).not.toMatch('secret');
  });
});
