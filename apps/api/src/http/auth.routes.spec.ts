import { openTestIdentity, testOrigin } from '@app/identity/testing';
import { readConfig } from '../config.js';
import { openLog } from '../log.js';
import { serveAuth } from './auth.routes.js';
import { openServer } from './server.js';

// Tries are counted by address and path in the memory of the process: tests that end with the same address differ by the path.
type Path = 'sign-in/email' | 'sign-up/email' | 'change-password';

/**
 * Whether each request was one too many, where two a minute are allowed to a client. All come from 127.0.0.1; `claims` is what each says of
 * whom it was forwarded for.
 */
async function refused(path: Path, TRUSTED_PROXIES: string, claims: readonly string[]): Promise<boolean[]> {
  const { identity, desk } = await openTestIdentity({ triesPerMinute: 2 });
  const server = openServer(readConfig({ TRUSTED_PROXIES }), openLog('silent')).getInstance();
  serveAuth(server, identity, testOrigin);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const statuses: number[] = [];
  for (const claim of claims) {
    const claimed = { 'x-forwarded-for': claim, 'x-client-ip': '192.0.2.99' };
    const { status } = await fetch(`${url}/api/auth/${path}`, {
      method: 'POST',
      headers: { origin: testOrigin, 'content-type': 'application/json', ...claimed },
      body: '{}',
    });
    statuses.push(status);
  }
  await server.close();
  desk.close();
  return statuses.map((status) => status === 429);
}

describe('tries to sign in are counted', () => {
  it('by the address that a trusted proxy names', async () => {
    const claims = ['203.0.113.1', '203.0.113.1', '203.0.113.1', '203.0.113.2'];
    expect(await refused('sign-in/email', '127.0.0.1', claims)).toEqual([false, false, true, false]);
  });

  it('by the last address that no trusted proxy has, whatever the client wrote before it', async () => {
    const claims = [
      '198.51.100.1, 203.0.113.3, 10.0.0.1',
      '198.51.100.2, 203.0.113.3, fd00::1',
      '198.51.100.3, 203.0.113.3',
      '198.51.100.3, 203.0.113.4, 10.0.0.1, fd00::1',
    ];
    const trusted = '127.0.0.0/8, 10.0.0.0/24, fd00::/8';
    expect(await refused('sign-in/email', trusted, claims)).toEqual([false, false, true, false]);
  });

  it('by the address of the connection when nobody is trusted', async () => {
    const claims = ['203.0.113.5', '203.0.113.6', '203.0.113.7'];
    expect(await refused('sign-in/email', '', claims)).toEqual([false, false, true]);
  });

  it('by the address of the connection when it is not that of a trusted proxy', async () => {
    const claims = ['203.0.113.5', '203.0.113.6', '203.0.113.7'];
    expect(await refused('sign-up/email', '10.0.0.0/8', claims)).toEqual([false, false, true]);
  });

  it('together where the proxy names no address that can be read', async () => {
    const claims = ['unknown', 'hidden', '203.0.113.8:443'];
    expect(await refused('change-password', '127.0.0.1', claims)).toEqual([false, false, true]);
  });
});
