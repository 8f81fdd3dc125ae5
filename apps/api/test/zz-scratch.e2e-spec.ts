import { Ronde } from './support.js';

it('tours', async () => {
  const t0 = Date.now();
  const ronde = await Ronde.open({ DEMO: 'on', LOG_LEVEL: 'warn' });
  console.log('demo', Date.now() - t0);
  const post = (path: string, body: object, headers: Record<string, string> = {}) => fetch(ronde.url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  for (const email of ['maite.larocque', 'salma.benali', 'antoine.tremblay', 'helene.bouchard', 'yasmine.rahmani', 'mireille.cardinal', 'louise.charbonneau']) {
    const r = await post('/api/auth/sign-in/email', { email: `${email}@solidarite.example`, password: 'ensemble-en-cercle' });
    const cookie = r.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
    const a = await (await post('/graphql', { query: '{ me { account { name } waiting { nodes { kind since sentence circle { id name } proposal { id title version lastRound { id } } election { id office } } } circles { name } } }' }, { cookie })).json();
    console.log(JSON.stringify(a, null, 1));
  }
  await ronde.close();
}, 300000);
