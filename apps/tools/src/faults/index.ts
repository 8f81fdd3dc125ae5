import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDbStore } from '@app/event-store/adapters';
import { StandIn } from '@app/event-store/testing';
import { Postgres } from '@app/postgres';
import { TestPostgres } from '@app/postgres/testing';
import { Client, type Traveller } from '../journey/client.js';
import { gather, generalCircle } from '../journey/index.js';
import { Chaos, type Parts, type Plan } from './chaos.js';
import { caughtUp, everythingIn, wrongInLog, wrongInRows } from './checks.js';
import { Member } from './processes.js';
import { Writers } from './writers.js';

const plan: Plan = { store: 15, apis: 10, postgres: 5, projectors: 5 };
const writers = 8;
const usualCommands = 2_000;

/**
 * `faults [commands]`: several processes on this machine, on a stand-in for EventStoreDB and an embedded PostgreSQL, of which parts are
 * killed, frozen and restarted while commands are sent. Exits non-zero when anything acknowledged is lost, or is there twice.
 */
export async function run([given = String(usualCommands)]: readonly string[]): Promise<number> {
  const commands = Number(given);
  if (!Number.isSafeInteger(commands) || commands < 1) {
    console.error(`faults: "${given}" is not a number of commands`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ronde-faults-'));
  const store = await StandIn.start();
  const postgres = await TestPostgres.start();
  const members: Member[] = [];
  try {
    const url = await postgres.database();
    const parts = await startParts({ store, postgres }, { folder, url }, members);
    const wrong = await suffer(parts, url, commands);
    wrong.push(...members.flatMap(({ name, unforeseen }) => unforeseen.map((line) => `${name}: ${line}`)));
    for (const line of wrong) console.log(`WRONG ${line}`);
    console.log(wrong.length === 0 ? 'Everything acknowledged is there, once.' : `${wrong.length} things are wrong.`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    for (const member of members) await member.end('SIGTERM');
    await store.stop();
    await postgres.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startParts(
  { store, postgres }: Pick<Parts, 'store' | 'postgres'>,
  { folder, url }: { readonly folder: string; readonly url: string },
  members: Member[],
): Promise<Parts> {
  const environment = {
    EVENT_STORE_URL: store.url,
    READ_STORE_URL: url,
    MASTER_KEY_FILE: join(folder, 'master.key'),
    SIGN_IN_TRIES: '100000',
    LOG_LEVEL: 'error',
    METRICS: 'off',
    DEMO: 'off',
  };
  const begin = async (part: 'api' | 'projector', name: string, more: Record<string, string> = {}): Promise<Member> => {
    const member = await Member.start(part, name, { ...environment, ...more, DATA_DIR: join(folder, name) });
    members.push(member);
    return member;
  };
  const projectors = [await begin('projector', 'projector 1'), await begin('projector', 'projector 2')];
  const first = await begin('api', 'api 1');
  // One address for browsers, as behind a proxy.
  const apis = [first, await begin('api', 'api 2', { BASE_URL: first.url })];
  return { store, postgres, apis, projectors };
}

async function suffer(parts: Parts, url: string, commands: number): Promise<string[]> {
  const client = new Client(
    parts.apis.map((it) => it.url),
    120_000,
  );
  const people = await gather(client);
  const { circleId } = await generalCircle(people);
  const sending = new Writers(people.slice(0, 6), circleId, commands);
  const chaos = new Chaos(parts, plan);
  const began = performance.now();
  await Promise.all([sending.run(writers), chaos.run(() => sending.progress)]);
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(`${sending.acknowledged.length} commands acknowledged in ${seconds} s, ${sending.again} sent again.`);
  for (const [fault, times] of Object.entries(chaos.done)) console.log(`${fault}: ${times}`);
  for (const member of [...parts.apis, ...parts.projectors]) await member.ready();
  return judge(parts, url, sending, people[0]!);
}

async function judge(parts: Parts, url: string, sent: Writers, reader: Traveller): Promise<string[]> {
  const store = await EventStoreDbStore.open({ url: parts.store.url });
  const postgres = new Postgres({ url, application: 'faults' });
  try {
    const events = await everythingIn(store);
    const wrong = wrongInLog(events, sent.acknowledged);
    if (!(await caughtUp(postgres, (await store.head()) ?? ''))) wrong.push('the rows do not reach the end of the log');
    wrong.push(...(await wrongInRows(postgres, parts.projectors, sent.acknowledged)));
    const { verifyAuditTrail } = await reader.reads('{ verifyAuditTrail { whole events message } }');
    console.log(`${events.length} events in the log. ${verifyAuditTrail.message}`);
    if (!verifyAuditTrail.whole) wrong.push('the record does not verify');
    return wrong;
  } finally {
    await store.close();
    await postgres.close();
  }
}
