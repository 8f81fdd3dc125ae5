import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { StandIn } from '@app/event-store/testing';
import { ownsPostgres, TestPostgres } from '@app/postgres/testing';
import { freePort, Member } from '../../tools/src/faults/processes.js';
import { Client } from '../../tools/src/journey/client.js';
import { gather } from '../../tools/src/journey/index.js';
import { Ear } from './live.js';

const tools = 'dist/apps/tools/apps/tools/src/main.js';

/** Runs one of the tools; answers its exit code and what it said. */
async function tool(
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<[number | null, string]> {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const child = spawn(process.execPath, [tools, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return [await code, said + complained];
}

describe('two answering processes and two projectors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ronde-several-'));
  const members: Member[] = [];
  const metricsAt: Record<string, number> = {};
  let store: StandIn;
  let postgres: TestPostgres;
  let apis: Member[];
  let projectors: Member[];

  beforeAll(async () => {
    store = await StandIn.start();
    postgres = await TestPostgres.start();
    const url = await postgres.database();
    const begin = async (
      part: 'api' | 'projector',
      name: string,
      more: Record<string, string> = {},
    ): Promise<Member> => {
      const environment = {
        NODE_ENV: 'development',
        EVENT_STORE_URL: store.url,
        READ_STORE_URL: url,
        MASTER_KEY_FILE: join(folder, 'master.key'),
        SIGN_IN_TRIES: '10000',
        LOG_LEVEL: 'error',
        METRICS: `127.0.0.1:${(metricsAt[name] = await freePort())}`,
        WAIT_MS: '1500',
      };
      const member = await Member.start(part, name, { ...environment, ...more, DATA_DIR: join(folder, name) });
      members.push(member);
      return member;
    };
    projectors = [await begin('projector', 'projector-1'), await begin('projector', 'projector-2')];
    const first = await begin('api', 'api-1');
    apis = [first, await begin('api', 'api-2', { BASE_URL: first.url })];
  }, 120_000);

  afterAll(async () => {
    for (const member of members) await member.end('SIGTERM');
    await store?.stop();
    await postgres?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('serve a journey of which every request goes to the other process than the one before', async () => {
    const [code, said] = await tool(['demo:journey'], { RONDE_URL: apis.map(({ url }) => url).join(' ') });
    expect([code, said]).toEqual([0, expect.stringContaining('Lise est oubliée')]);
  }, 120_000);

  it('show their metrics where METRICS says, each its own', async () => {
    const [api, projector] = [apis[1]!, projectors[1]!];
    for (const { url } of [api, projector]) expect((await fetch(`${url}/metrics`)).status).toBe(404);
    const page = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(await page(metricsAt['api-2']!)).toMatch(/^ronde_log_position \d+$/m);
    expect(await page(metricsAt['api-2']!)).not.toContain('\nronde_projection_caught_up ');
    const turns = await Promise.all(['projector-1', 'projector-2'].map((it) => page(metricsAt[it]!)));
    expect(turns.filter((it) => it.includes('\nronde_projection_caught_up 1'))).toHaveLength(1);
  });

  it('tell those whom they serve what happened through the other one', async () => {
    const [ana, marc] = await gather(new Client([apis[0]!.url]));
    const { organisation } = await ana!.reads('{ organisation { rootCircle { id } } }');
    const circle = { id: organisation.rootCircle.id };
    const ear = new Ear({ url: apis[1]!.url, said: { authorization: `Bearer ${marc!.token}` } });
    const query = 'subscription ($id: ID!) { circleChanged(id: $id) { position changed { kind id } } }';
    const { messages } = ear.hear(query, circle);
    expect(await messages.next()).toMatchObject({ changed: [] });
    await ana!.does('offerAdmission', { circleId: circle.id, memberId: marc!.memberId });
    expect(await messages.next()).toMatchObject({ changed: [{ kind: 'circle', ...circle }] });
    await ear.leave();
  }, 60_000);

  it('go on when the projector that works is killed: the other one takes over', async () => {
    // Whichever has the turn: each is killed once.
    for (const projector of projectors) {
      await projector.end('SIGKILL');
      const people = await gather(new Client(apis.map(({ url }) => url)));
      expect(people).toHaveLength(7);
      projector.launch();
      await projector.ready();
    }
  }, 120_000);

  it('record what is done while nobody projects, and show nothing to whoever did it rather than rows without it', async () => {
    const [founder] = await gather(new Client(apis.map(({ url }) => url)));
    for (const projector of projectors) await projector.end('SIGKILL');
    const done = await founder!.tries('foundCommunity', {
      name: 'Une autre',
      circleName: 'Cercle',
      aim: 'A',
      domain: ['D'],
      meetingsPerYear: 6,
    });
    expect(done).toMatchObject({ __typename: 'Recorded' });
    const asked = { query: '{ me { account { name } } }' };
    const ask = (url: string): Promise<Response> =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-language': 'en',
          authorization: `Bearer ${founder!.token}`,
        },
        body: JSON.stringify(asked),
      });
    for (const { url } of apis)
      expect(await (await ask(url)).json()).toMatchObject({
        errors: [
          {
            message: expect.stringContaining('recorded, but cannot be shown'),
            extensions: { code: 'UNAVAILABLE', retryAfter: 5 },
          },
        ],
      });
    for (const projector of projectors) {
      projector.launch();
      await projector.ready();
    }
    expect(await founder!.reads(asked.query)).toMatchObject({ me: { account: { name: 'Ana' } } });
  }, 120_000);

  const ofOwnServer = ownsPostgres ? it : undefined;
  ofOwnServer?.(
    'say that they are not ready while their database is away, and are ready again by themselves',
    async () => {
      const ready = async (status: number): Promise<Response> => {
        for (let tries = 0; tries < 300; tries++) {
          const answer = await fetch(`${apis[0]!.url}/health/ready`);
          if (answer.status === status) return answer;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error(`/health/ready never answered ${status}`);
      };
      await postgres.stopServer();
      try {
        expect(await (await ready(503)).json()).toMatchObject({ checks: { database: 'UNREACHABLE' } });
        const asked = { query: '{ me { member { id } } }' };
        const headers = { 'content-type': 'application/json', authorization: `Bearer ronde_${'0'.repeat(43)}` };
        const answer = await fetch(`${apis[0]!.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(asked) });
        expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE', retryAfter: 5 } }] });
        const body = JSON.stringify({ email: 'somebody@ronde.test', password: 'correct horse battery' });
        const signingIn = await fetch(`${apis[0]!.url}/api/auth/sign-in/email`, {
          ...{ method: 'POST', body },
          headers: { 'content-type': 'application/json', origin: apis[0]!.url, 'accept-language': 'en' },
        });
        expect([signingIn.status, await signingIn.json()]).toEqual([
          503,
          { code: 'UNAVAILABLE', message: expect.stringContaining('Try again in a few seconds') },
        ]);
      } finally {
        await postgres.startServer();
      }
      await ready(200);
    },
    120_000,
  );

  it('end in order when they are told to', async () => {
    for (const member of members) {
      await member.end('SIGTERM');
      expect(member.unforeseen).toEqual([]);
    }
  }, 60_000);
});

describe('commands while every part fails', () => {
  it('are stored once and shown once, if they were acknowledged', async () => {
    const [code, said] = await tool(['faults', '60']);
    expect([code, said]).toEqual([0, expect.stringContaining('Everything acknowledged is there, once.')]);
  }, 240_000);
});
