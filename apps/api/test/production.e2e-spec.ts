import { Ronde } from './support.js';

let ronde: Ronde;
beforeAll(async () => {
  ronde = await Ronde.open({ NODE_ENV: 'production', CLOCK_FILE: '', BASE_URL: 'https://ronde.example' });
});
afterAll(() => ronde.close());

describe('in production', () => {
  it('the schema tells nothing of itself', async () => {
    expect((await ronde.ask('{ __schema { types { name } } }')).errors?.[0]?.extensions.code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    const { errors } = await ronde.ask('{ mee { __typename } }');
    expect(errors?.[0]?.message).not.toContain('Did you mean');
  });

  it('an error has no stack', async () =>
    expect(JSON.stringify(await ronde.ask('{ me { __typename } }'))).not.toMatch(/stack|at .*\.(js|ts)/));

  it('nobody is sent to accounts of a demo that is not there', async () => {
    const page = await (await fetch(ronde.url)).text();
    expect(page).toContain('Ouvrez une session.');
    expect(page).not.toMatch(/démonstration|demo community/);
  });

  it('browsers are held to https', async () => {
    const response = await fetch(`${ronde.url}/health/live`);
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
    await ronde.person('Maïté', 'maite@ronde.test');
    const body = { email: 'maite@ronde.test', password: 'correct horse battery' };
    const signedIn = await ronde.post('/api/auth/sign-in/email', body, {
      headers: { origin: 'https://ronde.example' },
    });
    expect(signedIn.headers.getSetCookie().join()).toMatch(/__Secure-ronde\.session_token=.*Secure/);
  });
});
