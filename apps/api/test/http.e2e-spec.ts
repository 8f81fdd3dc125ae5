import { request } from 'node:http';
import { jest } from '@jest/globals';
import { type RefusedRequest, refusedRequests } from './refused-requests.js';
import { cookieOf, Ronde, type Told } from './support.js';
import { deployment } from './deployed.js';

let ronde: Ronde;
beforeAll(async () => {
  ronde = await Ronde.open({
    MAX_QUERY_DEPTH: '6',
    MAX_QUERY_ALIASES: '3',
    MAX_QUERY_TOKENS: '300',
    MAX_QUERY_COST: '100',
  });
});
afterAll(() => ronde.close());

const code = async (query: string, variables: object = {}): Promise<unknown> => {
  const { errors } = await ronde.ask(query, variables);
  const [error] = errors ?? [];
  return error?.extensions.limit ?? error?.extensions.code;
};

describe('the server', () => {
  it('shows what Ronde is, in both languages, without a script', async () => {
    const response = await fetch(ronde.url);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('<section id="fr" lang="fr-CA">');
    expect(page).toContain('<section id="en" lang="en-CA">');
    expect(page).not.toMatch(/<script|\son\w+=/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it('leads to English at once, breaks long lines, and has a mark for the tab', async () => {
    const page = await (await fetch(ronde.url)).text();
    expect(page).toContain('<a href="#en" lang="en-CA"');
    expect(page).toMatch(/pre\{[^}]*white-space:pre-wrap;overflow-wrap:anywhere/);
    const icon = await fetch(`${ronde.url}/favicon.ico`);
    expect(icon.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(await icon.text()).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  });

  it('shows a question that can be asked', async () => {
    const page = (await (await fetch(ronde.url)).text()).replaceAll('&quot;', '"');
    const questions = [...page.matchAll(/-d '(\{"query".*\})'/g)].map(([, body = '']) => body);
    expect(questions).toHaveLength(2);
    const { token } = await ronde.person('Naomi');
    for (const question of questions) {
      const answer = (await (await ronde.post('/graphql', question, { token })).json()) as object;
      expect(answer).toEqual({ data: { me: { waiting: { nodes: [] } } } });
    }
  });

  it('lives, and is ready', async () => {
    expect(await (await fetch(`${ronde.url}/health/live`)).json()).toEqual({ live: true });
    const response = await fetch(`${ronde.url}/health/ready`);
    expect(await response.json()).toEqual({
      ready: true,
      checks: {
        store: 'ok',
        projections: 'ok',
        ...(deployment === 'alone' ? { policies: 'ok', clock: 'ok', ledger: 'ok' } : { database: 'ok' }),
        log: 'ok',
      },
    });
  });

  it('keeps a correlation id that is sane, and makes one otherwise', async () => {
    const of = async (id: string): Promise<string | null> =>
      (await fetch(`${ronde.url}/health/live`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await of('0123-abcd.efgh')).toBe('0123-abcd.efgh');
    expect(await of('x y')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await of('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers nobody with UNAUTHENTICATED, in the language asked for', async () => {
    expect(await ronde.ask('{ me { __typename } }', {}, { locale: 'fr' })).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' }, message: expect.stringMatching(/^Ouvrez une session/) }],
    });
    expect(await ronde.ask('{ me { __typename } }', {}, { locale: 'en' })).toMatchObject({
      errors: [{ message: expect.stringMatching(/^Sign in/) }],
    });
  });
});

describe('a request that goes no further than HTTP', () => {
  type Said = { readonly code: string; readonly message: string };
  const send = ({ path, method, body, type = 'application/json', headers }: RefusedRequest, locale: string) =>
    fetch(`${ronde.url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(type === '' ? {} : { 'content-type': type }),
        origin: ronde.url,
        ...headers,
        'accept-language': locale,
      },
      ...(body === undefined ? {} : { body }),
    });

  it.each(refusedRequests.flatMap((it) => [['fr', it.what, it] as const, ['en', it.what, it] as const]))(
    'is told what is wrong and what to do, in %s: %s',
    async (locale, _, refused) => {
      const response = await send(refused, locale);
      const answer = (await response.json()) as Said & { errors?: readonly Told[] };
      const [told] = answer.errors ?? [];
      expect(response.status).toBe(refused.status);
      expect(told?.extensions.code ?? answer.code).toBe(refused.code);
      expect(told?.message ?? answer.message).toMatch(refused[locale]);
      expect(answer.errors !== undefined).toBe(refused.path.startsWith('/graphql'));
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(JSON.stringify(answer)).not.toContain('secret');
    },
  );

  it.each([
    ['fr', /^Quelque chose s’est brisé de notre côté/],
    ['en', /^Something broke on our side/],
  ] as const)('is told under what reference something broke, in %s', async (locale, expected) => {
    const authenticate = jest.spyOn(ronde.running.house.identity, 'authenticate');
    authenticate.mockRejectedValueOnce(new Error('disk I/O error'));
    const response = await ronde.post('/graphql', { query: '{ __typename }' }, { locale });
    const correlationId = response.headers.get('x-request-id') ?? 'none';
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      errors: [{ message: expect.stringMatching(expected), extensions: { code: 'INTERNAL', correlationId } }],
    });
    const handler = jest.spyOn(ronde.running.house.identity, 'handler');
    handler.mockRejectedValueOnce(new Error('disk I/O error'));
    const auth = await ronde.post('/api/auth/sign-out', {}, { locale });
    expect(await auth.json()).toMatchObject({ code: 'INTERNAL', message: expect.stringMatching(expected) });
  });
});

describe('a token that is not accepted', () => {
  it('is told as such, unlike none', async () => {
    for (const query of ['{ me { account { name } } }', '{ me { __typename } }'])
      expect(await ronde.ask(query, {}, { token: 'ronde_none', locale: 'fr' })).toMatchObject({
        errors: [
          { extensions: { code: 'UNAUTHENTICATED' }, message: expect.stringMatching(/^Ce jeton n’est pas connu/) },
        ],
      });
  });
});

describe('a document', () => {
  const nested = (depth: number): string => (depth === 0 ? 'name' : `ofType { ${nested(depth - 1)} }`);

  it('is limited in depth, fragments included', async () => {
    const inFragment = `{ me { ...a } } fragment a on Me { memberships { member { ...b } } } fragment b on Member { id }`;
    expect(await code(inFragment)).toBe('UNAUTHENTICATED');
    expect(await code(`{ a { a { a { a { a { a { a } } } } } } }`)).toBe('QUERY_TOO_DEEP');
    expect(
      await code(`{ ...a } fragment a on Query { a { a { a { ...b } } } } fragment b on X { a { a { a { a } } } }`),
    ).toBe('QUERY_TOO_DEEP');
  });

  it('may be introspected outside production, whatever its depth', async () => {
    expect(await code(`{ __schema { types { fields { type { ${nested(7)} } } } } }`)).toBeUndefined();
  });

  it('is limited in aliases', async () => {
    expect(await code('{ a: me { __typename } b: me { __typename } c: me { __typename } }')).toBe('UNAUTHENTICATED');
    expect(await code('{ a: __typename b: __typename c: __typename d: __typename }')).toBe('TOO_MANY_ALIASES');
  });

  it('is limited in tokens', async () =>
    expect(await code(`{ ${'__typename '.repeat(300)} }`)).toBe('GRAPHQL_PARSE_FAILED'));

  it('is limited in cost, fragments that double included', async () => {
    const doubling = Array.from({ length: 8 }, (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`);
    expect(await code(`{ ...f0 } ${doubling.join(' ')} fragment f8 on Query { __typename }`)).toBe('QUERY_TOO_COSTLY');
  });
});

describe('a session', () => {
  const password = 'correct horse battery';
  const sign = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    ronde.post(`/api/auth${path}`, body, { headers: { origin: ronde.url, ...headers } });

  it('begins with an address and a password, and opens GraphQL', async () => {
    expect((await sign('/sign-up/email', { name: 'Maïté', email: 'maite@ronde.test', password })).status).toBe(200);
    const response = await sign('/sign-in/email', { email: 'maite@ronde.test', password });
    expect(response.status).toBe(200);
    const cookie = cookieOf(response);
    expect(response.headers.getSetCookie().join()).toMatch(/HttpOnly/);
    const answer = await ronde.ask('{ me { account { name } member { id } } }', {}, { headers: { cookie } });
    expect(answer).toEqual({ data: { me: { account: { name: 'Maïté' }, member: null } } });
  });

  it('says why not, in the language asked for', async () => {
    const wrong = { email: 'maite@ronde.test', password: 'wrong horse battery' };
    const answer = await ronde.post('/api/auth/sign-in/email', wrong, { locale: 'fr', headers: { origin: ronde.url } });
    expect(await answer.json()).toEqual({
      code: 'INVALID_EMAIL_OR_PASSWORD',
      message: 'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les.',
    });
    const weak = { name: 'X', email: 'x@ronde.test', password: 'court' };
    expect(await (await sign('/sign-up/email', weak)).json()).toMatchObject({
      code: 'WEAK_PASSWORD',
      message: expect.stringContaining('10'),
    });
  });

  it('does not begin with a wrong password, nor from a page of another origin', async () => {
    expect((await sign('/sign-in/email', { email: 'maite@ronde.test', password: 'wrong horse battery' })).status).toBe(
      401,
    );
    const elsewhere = { origin: 'https://elsewhere.example', cookie: 'a=b' };
    expect((await sign('/sign-in/email', { email: 'maite@ronde.test', password }, elsewhere)).status).toBe(403);
  });

  it('never hears a client say what its address is', async () => {
    const person = await ronde.person('Naomi');
    const response = await ronde.post(
      '/graphql',
      { query: '{ me { __typename } }' },
      {
        token: person.token,
        headers: { 'x-client-ip': '203.0.113.9', 'x-forwarded-for': '203.0.113.9' },
      },
    );
    expect(response.status).toBe(200);
  });

  it('says who belongs to no community, and whose community it is not', async () => {
    const person = await ronde.person('Salma');
    const query = 'mutation { invite(input: {}) { __typename } }';
    expect((await person.ask(query)).errors?.[0]?.extensions.code).toBe('NO_COMMUNITY');
    const foreign = await person.ask(query, {}, { community: 'somewhere' });
    expect(foreign.errors?.[0]?.extensions.code).toBe('NOT_YOUR_COMMUNITY');
  });
});

describe('a connection that is cut short', () => {
  it('harms nobody', async () => {
    await new Promise<void>((resolve) => {
      const cut = request(`${ronde.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 100 },
      });
      cut.on('error', () => resolve());
      cut.write('{"query":');
      setImmediate(() => cut.destroy());
      cut.on('close', () => resolve());
    });
    expect((await fetch(`${ronde.url}/health/live`)).status).toBe(200);
  });
});
