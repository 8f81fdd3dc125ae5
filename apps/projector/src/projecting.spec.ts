import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StandIn } from '@app/event-store/testing';
import { Postgres } from '@app/postgres';
import { TestPostgres } from '@app/postgres/testing';
import { freePort } from '../../tools/src/faults/processes.js';
import { type Projecting, startProjector } from './projecting.js';

describe('a projector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ronde-projector-'));
  let log: StandIn;
  let server: TestPostgres;
  let desk: Postgres;
  let projector: Projecting;
  let metricsPort: number;

  beforeAll(async () => {
    log = await StandIn.start();
    server = await TestPostgres.start();
    const url = await server.database();
    desk = new Postgres({ url, application: 'test' });
    // Somebody else, of another release perhaps, writes the rows.
    await desk.query('create schema desk');
    await desk.query(
      'create table desk.leases (name text primary key, owner text not null, fence bigint not null, until timestamptz not null)',
    );
    await desk.query(`insert into desk.leases values ('projections', 'other', 1, now() + interval '1 hour')`);
    metricsPort = await freePort();
    projector = await startProjector({
      NODE_ENV: 'development',
      EVENT_STORE_URL: log.url,
      READ_STORE_URL: url,
      MASTER_KEY_FILE: join(folder, 'master.key'),
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'fatal',
      METRICS: `127.0.0.1:${metricsPort}`,
      PORT: String(await freePort()),
    });
  }, 120_000);

  afterAll(async () => {
    await projector?.stop();
    await desk?.close();
    await server?.dispose();
    await log?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is not ready while it stands by and there are no rows that it could write', async () => {
    const response = await fetch(`${projector.url}/health/ready`);
    expect([response.status, await response.json()]).toEqual([
      503,
      expect.objectContaining({ checks: expect.objectContaining({ projections: 'BEHIND' }) }),
    ]);
  });

  it('shows its metrics where METRICS says, and not beside its health', async () => {
    expect((await fetch(`${projector.url}/metrics`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).status).toBe(200);
  });

  it('holds no more connections than operators are told: pools of 10 and 5, and two that listen', async () => {
    const { rows } = await desk.query<{ it: string }>(
      `select application_name as it from pg_stat_activity where application_name like 'ronde%'`,
    );
    const listening = rows.filter(({ it }) => it === 'ronde (listening)').length;
    const guide = readFileSync(new URL('../../../docs/guides/several-processes.md', import.meta.url), 'utf8');
    expect(guide).toContain(`a process holds ${10 + 5 + listening} to PostgreSQL at most`);
  });
});
