import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { ManualClock } from '@app/kernel';
import Database from 'better-sqlite3';
import { SqliteIdentityDatabase } from './adapters/sqlite.js';
import type { Passwords } from './auth.js';
import { Identity, type IdentityConfig } from './identity.js';

/** scrypt with little work: genuine hashes, a hundred times quicker than those of a real installation. */
export const quickPasswords: Passwords = {
  hash: (password) => {
    const salt = randomBytes(16);
    return Promise.resolve(`${salt.toString('hex')}:${quickHash(password, salt).toString('hex')}`);
  },
  verify: ({ hash, password }) => {
    const [salt = '', key = ''] = hash.split(':');
    return Promise.resolve(timingSafeEqual(Buffer.from(key, 'hex'), quickHash(password, Buffer.from(salt, 'hex'))));
  },
};

function quickHash(password: string, salt: Buffer): Buffer {
  return scryptSync(password.normalize('NFKC'), salt, 64, { N: 256, r: 8, p: 1 });
}

export const testOrigin = 'http://127.0.0.1:3000';

/** An identity over a database of its own, in memory unless a file is named, with a clock that is set by hand. */
export async function openTestIdentity(given: Partial<IdentityConfig> & { readonly file?: string } = {}) {
  const clock = new ManualClock('2027-01-15T15:00:00.000Z');
  const desk = new Database(given.file ?? ':memory:');
  desk.pragma('journal_mode = WAL');
  const identity = await Identity.open({
    database: new SqliteIdentityDatabase(desk),
    clock,
    secret: randomBytes(32).toString('hex'),
    baseUrl: testOrigin,
    openSignUp: true,
    triesPerMinute: 1000,
    passwords: quickPasswords,
    ...given,
  });
  return { identity, clock, desk };
}

/** A browser, as far as `/api/auth` is concerned: it keeps cookies and says where it comes from. */
export class TestBrowser {
  cookie = '';

  constructor(
    private readonly identity: Identity,
    private readonly address = '192.0.2.1',
  ) {}

  get headers(): Record<string, string> {
    return this.cookie === '' ? {} : { cookie: this.cookie };
  }

  get(path: string): Promise<Response> {
    return this.send(path, { method: 'GET', headers: this.headers });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const said = { 'content-type': 'application/json', origin: testOrigin, ...this.headers, ...headers };
    return this.send(path, { method: 'POST', headers: said, body: JSON.stringify(body) });
  }

  signIn(email: string, password: string): Promise<Response> {
    return this.post('/sign-in/email', { email, password });
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const response = await this.identity.handler(new Request(`${testOrigin}/api/auth${path}`, init), this.address);
    const [session] = response.headers.getSetCookie().filter((line) => line.includes('ronde.session_token='));
    this.cookie = session?.split(';')[0] ?? this.cookie;
    return response;
  }
}
