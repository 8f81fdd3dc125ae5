import { Attempts } from './attempts.js';
import { livingCircle, type LivingCircle, openMatters, type OpenMatters } from './living-circle.js';
import type { Asking, Person } from './support.js';
import { type Role, roles, type Row, seenIn, table } from './visibility.table.js';

let circle: LivingCircle;
let matters: OpenMatters;
let attempts: Attempts;
/** The ids of what the table asks about. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  circle = await livingCircle();
  matters = await openMatters(circle);
  attempts = await Attempts.of(circle.ronde);
  const { cast, colin, racines, integrated } = circle;
  await cast.paul.acts('acceptConvening', { circleId: matters.semisId });
  await cast.paul.acts('offerAdmission', { circleId: matters.semisId, memberId: colin.memberId });
  const { elections, proposal } = await cast.zoe.gets<{
    readonly elections: { readonly nodes: readonly { readonly id: string; readonly phase: string }[] };
    readonly proposal: { readonly agreement: { readonly id: string } };
  }>(
    `query ($circleId: ID!, $id: ID!) { elections(circleId: $circleId, first: 50) { nodes { id phase } }
      proposal(id: $id) { agreement { id } } }`,
    { circleId: racines.circleId, id: integrated.proposalId },
  );
  ids = {
    ...{ nothing: '', racines: racines.circleId, integrated: integrated.proposalId, agreement: proposal.agreement.id },
    ...{ objected: matters.objected.proposalId, draft: matters.draft.proposalId, room: matters.objected.meetingId },
    integrating: matters.integrating.proposalId,
    ...{ proposed: matters.proposed.electionId, nominating: matters.nominating.electionId },
    electionObjected: matters.electionObjected.electionId,
    elected: elections.nodes.find(({ phase }) => phase === 'Elected')?.id ?? '',
  };
}, 300_000);
afterAll(() => circle.ronde.close());

function personAs(role: Role): Person {
  const { cast, colin, theo } = circle;
  return { community: colin, former: theo, parentLink: cast.nadia, expert: cast.solange, member: cast.zoe }[role];
}

const documentOf = (query: string): string =>
  query.includes('$id') ? `query ($id: ID!) { ${query} }` : `{ ${query} }`;
const idOf = (matter: string): string => {
  const id = ids[matter];
  if (id === undefined) throw new Error(`nothing is known as ${matter}`);
  return id;
};

const waitingFor = async (person: Person): Promise<string[]> => {
  type Read = { me: { waiting: { nodes: { kind: string }[] } } };
  return (await person.gets<Read>('{ me { waiting { nodes { kind } } } }')).me.waiting.nodes.map(({ kind }) => kind);
};

describe('who reads', () => {
  it.each(table.map((row) => [row.what, row] as const))('%s', async (_, { query, matter, at, seen }) => {
    const looked = roles.map(async (role) => {
      const data = await personAs(role).gets<unknown>(documentOf(query), { id: idOf(matter) });
      return [role, seenIn(data, at, idOf)] as const;
    });
    expect(Object.fromEntries(await Promise.all(looked))).toEqual(seen);
  });

  it('a draft: its author', async () => {
    const query = documentOf('proposal(id: $id) { draft { text } }');
    const { proposal } = await circle.cast.ana.gets(query, { id: idOf('draft') });
    expect(proposal.draft.text).toEqual(expect.any(String));
  });

  it('a place that is offered: who is in the circle, and whom it is offered to', async () => {
    const { cast, colin } = circle;
    const query = 'query ($id: ID!) { circle(id: $id) { offers { member { id } } } }';
    const seenBy = async (person: Person): Promise<number> =>
      (await person.gets<{ circle: { offers: object[] } }>(query, { id: matters.semisId })).circle.offers.length;
    expect(await Promise.all([cast.paul, cast.zoe, cast.nadia, colin].map(seenBy))).toEqual([1, 0, 0, 0]);
    expect(await waitingFor(colin)).toEqual(['acceptAdmission']);
  });

  it('what waits: the person it waits for', async () => {
    const { cast, theo } = circle;
    const kinds = ['acceptOffice', 'answer', 'reaction', 'nominate', 'electionAnswer', 'judgeObjection'];
    expect(new Set(await waitingFor(cast.paul))).toEqual(new Set(kinds));
    expect(await waitingFor(cast.nadia)).toEqual([]);
    expect(await waitingFor(theo)).toEqual([]);
  });

  it('the sentences of the audit trail: outside the circle nobody’s name where somebody objected', async () => {
    const query = documentOf(
      'auditTrail(circleId: $id, first: 100, types: ["ObjectionRaised"]) { nodes { fr en office } }',
    );
    type Read = { auditTrail: { nodes: { fr: string; office: string | null }[] } };
    const { ines } = circle.cast;
    for (const role of ['former', 'parentLink', 'expert'] as const) {
      const { nodes } = (await personAs(role).gets<Read>(query, { id: idOf('racines') })).auditTrail;
      expect(nodes.length).toBeGreaterThan(0);
      expect(JSON.stringify(nodes)).not.toContain(ines.name);
      expect(new Set(nodes.map(({ office }) => office))).toEqual(new Set([null]));
    }
    const { auditTrail } = await personAs('member').gets<Read>(query, { id: idOf('racines') });
    expect(auditTrail.nodes[0]?.fr).toContain(ines.name);
  });
});

describe('the table', () => {
  it('has a row for every query of the schema', () =>
    expect(new Set(table.map(({ query }) => /^\w+/.exec(query)?.[0]))).toEqual(new Set(attempts.queries)));

  it('has a row for everybody who is named in an answer, an objection, a nomination or the record', () => {
    const types = [
      ...['Answer', 'RosterPlace', 'Objection', 'ObjectionStep', 'ElectionEnvelope', 'Nomination', 'ElectionReason'],
      ...['ElectionAnswer', 'ElectionObjection', 'AuditEntry'],
    ];
    // Whom a nomination names is no secret after the reveal; who enters another’s word is an officer.
    const open = ['Nomination.changedTo', 'ElectionReason.about', 'ElectionAnswer.enteredBy'];
    const people = types.flatMap((type) => attempts.peopleOf(type).map((field) => `${type}.${field}`));
    const told = new Set(table.map(({ what }) => what.split(',')[0]));
    expect(people.filter((it) => !told.has(it)).sort()).toEqual(open.sort());
  });
});

describe('from elsewhere', () => {
  const unknown = '00000000-0000-4000-8000-000000000000';
  const byId = table.filter(({ query }) => query.includes('$id'));
  const bothWays = (person: Person, { query, matter }: Row): Promise<unknown[]> =>
    Promise.all([idOf(matter), unknown].map((id) => person.ask(documentOf(query), { id })));

  it.each(byId.map((row) => [row.what, row] as const))(
    '%s: a foreign id and a random one are alike',
    async (_, row) => {
      const [foreign, random] = await bothWays(circle.salma, row);
      expect(foreign).toEqual(random);
    },
  );

  it('what is not for somebody’s eyes has the answer of what does not exist', async () => {
    const hidden = byId.filter(({ query, seen }) => seen.community === '–' && /^(proposal|meeting)\(/.test(query));
    expect(hidden.length).toBeGreaterThan(0);
    for (const row of hidden) {
      const [there, random] = await bothWays(circle.colin, row);
      expect([row.what, there]).toEqual([row.what, random]);
    }
  });

  it('nobody reads anything without being signed in', async () => {
    for (const { what, query, matter } of table) {
      const { data, errors } = await circle.ronde.ask<object | null>(documentOf(query), { id: idOf(matter) });
      const told = Object.values(data ?? {}).filter((it) => it !== null);
      expect([what, told, errors?.[0]?.extensions.code]).toEqual([what, [], 'UNAUTHENTICATED']);
    }
  });
});

describe('who left the community', () => {
  const codeOf = async (answer: ReturnType<Person['ask']>): Promise<string | undefined> =>
    (await answer).errors?.[0]?.extensions.code;

  it('reads nothing of it from then on, by token and by session, and may still be forgotten', async () => {
    const { ronde, cast, communityId } = circle;
    const lea = await ronde.person('Léa', 'lea@ronde.test');
    const join = async (): Promise<string> => {
      const { token } = await cast.zoe.acts<{ token: string }>('invite');
      return (await lea.acts<{ member: { id: string } }>('redeemInvitation', { token })).member.id;
    };
    const mine = '{ organisation { community { id } } }';
    const cookie = await circle.ronde.signIn('lea@ronde.test');
    const ways = [
      (asking: Asking = {}) => codeOf(lea.ask(mine, {}, asking)),
      (asking: Asking = {}) => codeOf(ronde.ask(mine, {}, { ...asking, headers: { cookie } })),
    ];
    const memberId = await join();
    for (const ask of ways) expect(await ask()).toBeUndefined();
    await lea.acts('leaveCommunity');
    for (const ask of ways) {
      expect(await ask()).toBe('NO_COMMUNITY');
      expect(await ask({ community: communityId })).toBe('NOT_YOUR_COMMUNITY');
    }
    const { me } = await lea.gets('{ me { memberships { communityId } circles { id } waitingCount } }');
    expect(me).toEqual({ memberships: [], circles: [], waitingCount: 0 });

    expect(await join()).toBe(memberId);
    for (const ask of ways) expect(await ask()).toBeUndefined();
    await lea.acts('leaveCommunity');
    await lea.acts('eraseMyData', { understood: true });
    for (const ask of ways) expect(await ask()).toMatch(/^(TOKEN_NOT_ACCEPTED|UNAUTHENTICATED)$/);
  });
});
