import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsIn, type DemoAccount } from '../src/demo/index.js';
import { greeting } from '../src/greeting.js';
import { type Running, start } from '../src/running.js';
import { firstNoon } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'ronde-demo-'));
const dataDir = join(folder, 'data');
const clock = join(folder, 'clock');
const environment = {
  NODE_ENV: 'test',
  PORT: '0',
  DATA_DIR: dataDir,
  CLOCK_FILE: clock,
  DEMO: 'on',
  LOG_LEVEL: 'silent',
  SIGN_IN_TRIES: '10000',
  MAX_QUERY_COST: '1000000',
};

interface Edges<T> {
  readonly edges: readonly { readonly node: T }[];
}
interface Circle {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly category: string;
  readonly persons: number;
  readonly members: readonly { readonly member: { readonly name: string } }[];
  readonly offices: readonly { readonly office: string; readonly state: string }[];
  readonly experts: readonly { readonly expert: { readonly name: string } }[];
  readonly proposals: Edges<{
    readonly phase: string;
    readonly title: string | null;
    readonly effectRefusal: { readonly code: string } | null;
  }>;
  readonly elections: Edges<{ readonly phase: string; readonly office: string }>;
  readonly logbook: Edges<{ readonly year: number; readonly number: number }>;
}

const circlesQuery = `{ organisation { circles(first: 20) { edges { node {
  id name state category persons members { member { name } } offices { office state } experts { expert { name } }
  proposals(first: 50) { edges { node { phase title effectRefusal { code } } } }
  elections(first: 50) { edges { node { phase office } } }
  logbook(first: 50) { edges { node { year number } } } } } } } }`;

const nodes = <T>({ edges }: Edges<T>): readonly T[] => edges.map(({ node }) => node);

/** Signs in as a person at their browser does, and asks. */
async function as(url: string, { email, password }: DemoAccount) {
  const headers = { 'content-type': 'application/json', 'accept-language': 'fr', origin: url };
  const credentials = JSON.stringify({ email, password });
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, { method: 'POST', headers, body: credentials });
  const cookie = signedIn.headers.getSetCookie().map((it) => it.split(';')[0]);
  return async <T>(query: string): Promise<T> => {
    const asked = {
      method: 'POST',
      headers: { ...headers, cookie: cookie.join('; ') },
      body: JSON.stringify({ query }),
    };
    const { data, errors } = (await (await fetch(`${url}/graphql`, asked)).json()) as { data: T; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
}

let running: Running;
let accounts: readonly DemoAccount[];
const account = (role: RegExp): DemoAccount => accounts.find((it) => role.test(it.role))!;
async function circlesOf(role: RegExp): Promise<readonly Circle[]> {
  const ask = await as(running.url, account(role));
  return nodes((await ask<{ organisation: { circles: Edges<Circle> } }>(circlesQuery)).organisation.circles);
}

beforeAll(async () => {
  writeFileSync(clock, firstNoon);
  running = await start(environment);
  accounts = accountsIn(dataDir);
}, 120_000);
afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the demo community', () => {
  it('has a general circle, three practice circles of six to eight members at work, and one that is forming', async () => {
    const circles = await circlesOf(/^membre/);
    const told = circles.map(({ name, state, persons }) => `${name}: ${state}, ${persons}`);
    expect(told.sort()).toEqual([
      'Cercle général: Active, 8',
      'Codéveloppement: Active, 8',
      'Entraide: Active, 7',
      'Leadership contributif: Active, 7',
      'Relève: Forming, 5',
    ]);
    for (const { members, persons } of circles) {
      expect(members).toHaveLength(persons);
      expect(members.every(({ member }) => /^\p{Lu}\S* \p{Lu}/u.test(member.name))).toBe(true);
    }
  });

  it('has officers in every circle at work, and an expert beside the practice circles', async () => {
    const circles = (await circlesOf(/^membre/)).filter(({ state }) => state === 'Active');
    for (const { category, offices, experts } of circles) {
      const practice = category === 'practice';
      const wanted = ['facilitator', 'leader', ...(practice ? ['secondLink'] : []), 'secretary'];
      expect(offices.map(({ office }) => office).sort()).toEqual(wanted.sort());
      expect(experts.map(({ expert }) => expert.name)).toEqual(practice ? ['Louise Charbonneau'] : []);
    }
  });

  it('shows proposals in every phase to those who may read them', async () => {
    const seen = new Set<string>();
    for (const role of [/^membre/, /^second lien/, /^animatrice/])
      for (const { proposals } of await circlesOf(role)) for (const { phase } of nodes(proposals)) seen.add(phase);
    expect([...seen].sort()).toEqual([
      ...['Amending', 'Clarifying', 'ConsentRound', 'Decided', 'Draft', 'Integrating', 'Presented', 'Reacting'],
      ...['TestingObjection', 'Withdrawn'],
    ]);
  });

  it('has a decision whose effect was refused', async () => {
    const all = (await circlesOf(/^membre/)).flatMap(({ proposals }) => nodes(proposals));
    expect(all.filter(({ effectRefusal }) => effectRefusal !== null)).toMatchObject([
      { title: 'Accueillir Thomas Bergeron dans notre cercle', effectRefusal: { code: 'NOT_A_COMMUNITY_MEMBER' } },
    ]);
  });

  it('is in the middle of two elections', async () => {
    const ongoing = [...(await circlesOf(/^membre/)), ...(await circlesOf(/^second lien/))]
      .flatMap(({ name, elections }) => nodes(elections).map(({ phase, office }) => `${name}: ${office}, ${phase}`))
      .filter((it) => !it.endsWith('Elected'));
    expect([...new Set(ongoing)].sort()).toEqual([
      'Codéveloppement: facilitator, ConsentRound',
      'Entraide: secondLink, Nominating',
    ]);
  });

  it('keeps a logbook in every circle at work, numbered without a gap', async () => {
    for (const { logbook, state } of await circlesOf(/^membre/)) {
      const numbers = nodes(logbook).map(({ number }) => number);
      expect(numbers.length).toBeGreaterThan(state === 'Active' ? 4 : -1);
      expect([...numbers].sort((a, b) => a - b)).toEqual(numbers.map((_, at) => at + 1));
    }
  });

  it('holds together, and waits for its members', async () => {
    const ask = await as(running.url, account(/^membre/));
    const { verifyAuditTrail, me } = await ask<{
      verifyAuditTrail: { whole: boolean };
      me: { waiting: Edges<{ kind: string }> };
    }>(`{ verifyAuditTrail { whole } me { waiting(first: 20) { edges { node { kind sentence } } } } }`);
    expect(verifyAuditTrail.whole).toBe(true);
    expect(nodes(me.waiting).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['answer', 'nominate', 'acceptAdmission']),
    );
  });

  it('lets each of the accounts that a start prints sign in', async () => {
    for (const shown of accounts) {
      expect(greeting(running)).toContain(shown.email);
      const ask = await as(running.url, shown);
      const { me } = await ask<{ me: { account: { name: string } } }>('{ me { account { name } } }');
      expect(me.account.name).toBe(shown.name);
    }
  });

  it('tells the time again once it is written', () => expect(running.house.clock.now()).toBe(firstNoon));

  it('is not written again by the next start', async () => {
    const communities = async (): Promise<number> =>
      (await running.house.store.readAll({ max: 100_000 })).events.filter(({ type }) => type === 'CommunityFounded')
        .length;
    const before = await communities();
    await running.stop();
    running = await start(environment);
    expect([before, await communities()]).toEqual([1, 1]);
  });
});
