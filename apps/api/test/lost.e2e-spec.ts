import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestPostgres } from '@app/postgres/testing';
import { type Environment, start } from '../src/running.js';
import { startFailure } from '../src/start-failure.js';
import { Ronde } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'ronde-lost-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = (more: Environment = {}): Environment => ({
  ...{ NODE_ENV: 'test', PORT: '0', DATA_DIR: data, DEMO: 'off', LOG_LEVEL: 'silent', METRICS: 'off' },
  ...more,
});

/** How a start ends: in one line, where it is refused. */
async function started(environment: Environment): Promise<string> {
  try {
    const running = await start(environment);
    await running.stop();
    return 'started';
  } catch (error) {
    return startFailure(error, environment);
  }
}

const aside = (name: string, back = false): void => {
  const away = join(folder, 'away');
  for (const file of readdirSync(back ? folder : data).filter((it) => it.replace('away-', '').startsWith(name)))
    if (back) renameSync(join(folder, file), join(data, file.replace('away-', '')));
    else renameSync(join(data, file), `${away}-${file}`);
};

describe('a start on a part of what belongs together', () => {
  beforeAll(async () => {
    const ronde = await Ronde.open({ DATA_DIR: data, METRICS: 'off' });
    const ana = await ronde.person('Ana');
    await ana.acts('foundCommunity', { name: 'C', circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 6 });
    await ronde.close();
  });

  it('is refused where the log was lost, and goes on where it is back', async () => {
    aside('log.db');
    expect(await started(settings())).toMatch(/The log is empty \(log\.db in DATA_DIR .*restore a backup/);
    rmSync(join(data, 'log.db'), { force: true });
    for (const rest of ['log.db-wal', 'log.db-shm']) rmSync(join(data, rest), { force: true });
    aside('log.db', true);
    expect(await started(settings())).toBe('started');
  });

  it('is refused where accounts and keys were lost, and makes neither anew', async () => {
    aside('desk.db');
    aside('master-key');
    const refused = await started(settings());
    expect(refused).toMatch(/has log\.db and not desk\.db.*put desk\.db back/);
    expect(['desk.db', 'master-key'].filter((it) => existsSync(join(data, it)))).toEqual([]);
    aside('desk.db', true);
    aside('master-key', true);
    expect(await started(settings())).toBe('started');
  });

  it('takes no rows away from others, where it was not told of their log', async () => {
    const server = await TestPostgres.start();
    const READ_STORE_URL = await server.database();
    const ronde = await Ronde.open({ DATA_DIR: data, READ_STORE_URL, METRICS: 'off' });
    await ronde.health(200);
    await ronde.close();
    const elsewhere = settings({ READ_STORE_URL, DATA_DIR: join(folder, 'elsewhere') });
    expect(await started(elsewhere)).toMatch(/The log is empty .*what is kept at READ_STORE_URL .*check the settings/);
    expect(await started(settings({ READ_STORE_URL }))).toBe('started');
    await server.dispose();
  });
});
