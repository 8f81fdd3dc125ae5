import { createServer } from 'node:net';
import { StoreUnavailable } from '@app/event-store';
import type { Config } from './config.js';
import type { Log } from './log.js';
import { patiently } from './patience.js';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

describe('a start that needs other servers', () => {
  let config: Config;
  let said: string[];
  let log: Log;
  let stopping: AbortController;

  beforeEach(async () => {
    config = { HOST: '127.0.0.1', PORT: await freePort() } as Config;
    said = [];
    log = { warn: ({ waitingFor }: { waitingFor: string }) => said.push(waitingFor) } as unknown as Log;
    stopping = new AbortController();
  });

  const asked = async (path: string, language = 'fr') => {
    const answer = await fetch(`http://127.0.0.1:${config.PORT}${path}`, { headers: { 'accept-language': language } });
    return { status: answer.status, retry: answer.headers.get('retry-after'), body: (await answer.json()) as object };
  };

  it('waits until they are there, says once what for, and answers meanwhile that it is alive and not ready', async () => {
    const answers: unknown[] = [];
    let attempts = 0;
    const opened = await patiently(
      async () => {
        attempts += 1;
        if (attempts === 2) {
          answers.push(await asked('/health/live'), await asked('/health/ready'), await asked('/graphql', 'en'));
        }
        if (attempts < 3) throw new StoreUnavailable('no answer from 127.0.0.1:2113');
        return 'open';
      },
      { config, log, signal: stopping.signal },
    );
    expect(opened).toBe('open');
    expect(said).toEqual(['no answer from 127.0.0.1:2113']);
    expect(answers).toMatchObject([
      { status: 200, body: { live: true } },
      { status: 503, retry: '5', body: { ready: false, checks: { start: 'WAITING' } } },
      { status: 503, body: { errors: [{ message: expect.stringMatching(/^The service is starting/) }] } },
    ]);
    await expect(asked('/health/live')).rejects.toThrow();
  });

  it('answers while what it opens takes long', async () => {
    const open = async (): Promise<unknown> => {
      for (let tries = 0; tries < 500; tries++) {
        const answer = await asked('/health/ready').catch(() => undefined);
        if (answer !== undefined) return answer;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error('nobody answered');
    };
    const opened = await patiently(open, { config, log, signal: stopping.signal, quickMs: 20 });
    expect(opened).toMatchObject({ status: 503, body: { checks: { start: 'WAITING' } } });
    expect(said).toEqual([]);
    await expect(asked('/health/live')).rejects.toThrow();
  });

  it('does not wait for what no waiting mends', async () => {
    const open = (): Promise<never> => Promise.reject(new Error('the URL cannot be read'));
    await expect(patiently(open, { config, log, signal: stopping.signal })).rejects.toThrow('the URL cannot be read');
  });

  it('ends when it is told to stop', async () => {
    const open = (): Promise<never> => Promise.reject(new StoreUnavailable('down'));
    const waiting = patiently(open, { config, log, signal: stopping.signal });
    stopping.abort();
    await expect(waiting).rejects.toThrow('aborted');
    await expect(asked('/health/live')).rejects.toThrow();
  });
});
