import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Sealer } from '@app/event-store';
import Database from 'better-sqlite3';
import { start } from '../src/running.js';
import { startFailure } from '../src/start-failure.js';
import { Ronde } from './support.js';
import { tamper } from './tampering.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronde-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = (more: Record<string, string> = {}): Record<string, string> => ({
  NODE_ENV: 'test',
  PORT: '0',
  DATA_DIR: join(folder, 'data'),
  DEMO: 'off',
  LOG_LEVEL: 'silent',
  ...more,
});

/** The line that a start which fails ends with. */
async function refusal(more: Record<string, string> = {}): Promise<string> {
  const given = environment(more);
  try {
    await (await start(given)).stop();
  } catch (error) {
    return startFailure(error, given);
  }
  return 'started';
}

const startedOnce = async (): Promise<void> => (await start(environment())).stop();

/** A folder in which a community was founded. */
async function founded(): Promise<void> {
  const ronde = await Ronde.open({ DATA_DIR: join(folder, 'data'), SHUTDOWN_MS: '1000' });
  const person = await ronde.person('Maïté');
  const input = { name: 'C', circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 10 };
  await person.does('foundCommunity', input, { view: 'Community', selection: 'id' });
  await ronde.close();
}

describe('a start', () => {
  it('happens again on the same folder', async () => {
    await startedOnce();
    expect(await refusal()).toBe('started');
  });

  it('names a setting that is wrong', async () =>
    expect(await refusal({ PORT: 'x' })).toBe('PORT is "x": a whole number from 0 to 65535 is expected.'));

  it('is refused where another process works', async () => {
    const running = await start(environment());
    expect(await refusal()).toMatch(/data is in use by another process: stop it, or choose another DATA_DIR\.$/);
    await running.stop();
  });

  it('is refused on a port in use', async () => {
    const other = createServer();
    const port = await new Promise<string>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve(String((other.address() as { port: number }).port)));
    });
    expect(await refusal({ PORT: port })).toBe(
      `127.0.0.1:${port} is in use: stop what listens there, or choose another PORT.`,
    );
    other.close();
  });

  it('is refused on a host that is not here', async () =>
    expect(await refusal({ HOST: '203.0.113.1', PORT: '3999' })).toMatch(
      /^HOST 203\.0\.113\.1, PORT 3999 cannot be listened on/,
    ));

  it('is refused where DATA_DIR is a file, lies under one, or cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await refusal({ DATA_DIR: join(folder, 'file') })).toMatch(
      /^DATA_DIR .* cannot be used: it is a file, not a folder/,
    );
    expect(await refusal({ DATA_DIR: join(folder, 'file/in') })).toMatch(
      /cannot be used: a part of that path is a file/,
    );
    expect(await refusal({ DATA_DIR: '/proc/ronde/data', MASTER_KEY_FILE: join(folder, 'key') })).toMatch(
      /cannot be used/,
    );
  });

  it('is refused without the master key that everything was encrypted with', async () => {
    await startedOnce();
    rmSync(join(folder, 'data.master-key'));
    expect(await refusal()).toMatch(/^MASTER_KEY_FILE .*data\.master-key is missing/);
    expect(readdirSync(folder)).not.toContain('data.master-key');
  });

  it('is refused on a log that is not one, or is cut short', async () => {
    await startedOnce();
    writeFileSync(join(folder, 'data/log.db'), 'not a database, but long enough to be taken for one'.repeat(100));
    expect(await refusal()).toMatch(/log\.db/);
  });

  it('is refused on a log of a newer format', async () => {
    await startedOnce();
    tamper(join(folder, 'data'), 'update header set format = 99');
    expect(await refusal()).toMatch(/has format 99; this program reads format 1\.$/);
  });

  it('is refused on accounts of a newer release', async () => {
    await startedOnce();
    const desk = new Database(join(folder, 'data/desk.db'));
    desk.exec(`insert into identity_versions values (99, '2030-01-01T00:00:00.000Z')`);
    desk.close();
    expect(await refusal()).toMatch(/^The accounts were written by a newer release/);
  });

  it.each([
    [
      'an event changed',
      `update events set data = replace(data, '10', '11') where type = 'CircleProposed'`,
      'EVENT_CHANGED',
    ],
    ['an event gone', 'delete from events where position = 2', 'position 0*2'],
    [
      'the end cut off',
      'delete from events where position = (select max(position) from events)',
      'its end was cut off',
    ],
  ])('is refused on a log with %s, and says where', async (_, change, expected) => {
    // What came after the last seal is checked at start: this process ends before its last seal, as one that is killed.
    const sealing = jest.spyOn(Sealer.prototype, 'flush').mockResolvedValue(undefined);
    await founded();
    sealing.mockRestore();
    tamper(join(folder, 'data'), change);
    expect(await refusal()).toMatch(new RegExp(expected));
  });

  it('builds read models again that are gone or damaged', async () => {
    await founded();
    truncateSync(join(folder, 'data/read-models.db'), 5000);
    expect(await refusal()).toBe('started');
    rmSync(join(folder, 'data/read-models.db'));
    expect(await refusal()).toBe('started');
  });
});

describe('a stop', () => {
  it('seals what happened', async () => {
    await founded();
    const log = new Database(join(folder, 'data/log.db'), { readonly: true });
    const types = log.prepare<[], string>('select type from events order by position').pluck().all();
    log.close();
    expect(types.filter((type) => type === 'LedgerSealed')).toHaveLength(1);
    expect(types.at(-1)).toBe('LedgerSealed');
    expect(await refusal()).toBe('started');
  });

  it('cuts a request that never ends before its time is over', async () => {
    const ronde = await Ronde.open({ SHUTDOWN_MS: '2000' });
    const headers = { 'content-type': 'application/json', 'content-length': 100 };
    const underWay = request(`${ronde.url}/graphql`, { method: 'POST', headers });
    underWay.write('{');
    const cut = once(underWay, 'error');
    await setTimeout(100);
    const asked = performance.now();
    await ronde.close();
    expect(performance.now() - asked).toBeLessThan(2000);
    await cut;
  });

  it('lets a request under way finish, and then lets go of the folder', async () => {
    const ronde = await Ronde.open({ DATA_DIR: join(folder, 'data') });
    const { token } = await ronde.person('Maïté');
    const body = JSON.stringify({ query: '{ me { account { name } } }' });
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      authorization: `Bearer ${token}`,
    };
    const underWay = request(`${ronde.url}/graphql`, {
      method: 'POST',
      headers,
      agent: new Agent({ keepAlive: true }),
    });
    underWay.write(body.slice(0, 10));
    const answer = once(underWay, 'response') as Promise<[IncomingMessage]>;
    await setTimeout(100);
    const stopped = ronde.close();
    await setTimeout(50);
    underWay.end(body.slice(10));
    const [response] = await answer;
    expect(await text(response)).toBe('{"data":{"me":{"account":{"name":"Maïté"}}}}\n');
    await stopped;
    await expect(fetch(ronde.url)).rejects.toThrow();
    expect(await refusal()).toBe('started');
  });
});
