import { request } from 'node:http';
import { Ronde } from './support.js';

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
      checks: { store: 'ok', projections: 'ok', policies: 'ok', ledger: 'ok', log: 'ok' },
    });
  });

  it('says nothing about what it does not serve', async () =>
    expect((await fetch(`${ronde.url}/.env`)).status).toBe(404));

  it('keeps a correlation id that is sane, and makes one otherwise', async () => {
    const of = async (id: string): Promise<string | null> =>
      (await fetch(`${ronde.url}/health/live`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await of('0123-abcd.efgh')).toBe('0123-abcd.efgh');
    expect(await of('x y')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await of('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses a body that is too large', async () => {
    const response = await ronde.post('/graphql', { query: `#${' '.repeat(300_000)}` });
    expect(response.status).toBe(413);
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

  it('comes alone', async () => {
    const response = await ronde.post('/graphql', [{ query: '{ __typename }' }, { query: '{ __typename }' }]);
    expect(response.status).toBe(400);
  });

  it('is not taken from a form of another site', async () => {
    const response = await ronde.post('/graphql', '{"query":"{ __typename }"}', {
      headers: { 'content-type': 'text/plain' },
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    const simple = await fetch(`${ronde.url}/graphql?query={__typename}`);
    expect(await simple.text()).toContain('CSRF');
  });
});

describe('a session', () => {
  const password = 'correct horse battery';
  const sign = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    ronde.post(`/api/auth${path}`, body, { headers: { origin: ronde.url, ...headers } });
  const cookieOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((it) => it.split(';')[0])
      .join('; ');

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

describe('a request that is refused before it is understood', () => {
  const json = { 'content-type': 'application/json' };
  const cases: readonly (readonly [string, string, RequestInit, number, RegExp, RegExp])[] = [
    ['an address where nothing is', '/nowhere', {}, 404, /^Il n’y a rien/, /^There is nothing/],
    ['half a document', '/graphql', { method: 'POST', headers: json, body: '{"query":' }, 400, /JSON/, /not JSON/],
    [
      'too much at once',
      '/graphql',
      { method: 'POST', headers: json, body: 'x'.repeat(300_000) },
      413,
      /trop volumineuse/,
      /too large/,
    ],
    [
      'something else than JSON',
      '/graphql',
      { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<a/>' },
      415,
      /doit être du JSON/,
      /must be JSON/,
    ],
    [
      'several operations',
      '/graphql',
      { method: 'POST', headers: json, body: '[{"query":"{__typename}"}]' },
      400,
      /^Une seule opération/,
      /^One operation at a time/,
    ],
    ['no query', '/graphql', { method: 'POST', headers: json, body: '{}' }, 400, /pas de requête/, /no query/],
    ['what another site could send', '/graphql?query={__typename}', {}, 400, /un autre site/, /another site/],
    [
      'half a sign-in',
      '/api/auth/sign-in/email',
      { method: 'POST', headers: json, body: '{"email":' },
      400,
      /n’est pas du JSON/,
      /not JSON/,
    ],
    ['no such way to sign in', '/api/auth/nowhere', { method: 'POST', headers: json }, 404, /^Il n’y a/, /^There is/],
  ];

  it.each(cases)('%s: is told in both languages', async (_, path, init, status, french, english) => {
    for (const [language, sentence] of [
      ['fr-CA', french],
      ['en-CA', english],
    ] as const) {
      const headers = { ...(init.headers as Record<string, string>), 'accept-language': language, origin: ronde.url };
      const answer = await fetch(ronde.url + path, { ...init, headers });
      expect(answer.status).toBe(status);
      const body = (await answer.json()) as { message?: string; errors?: { message: string }[] };
      expect(body.message ?? body.errors?.[0]?.message).toMatch(sentence);
    }
  });
});
