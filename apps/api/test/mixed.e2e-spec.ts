import { ownsPostgres, TestPostgres } from '@app/postgres/testing';
import { type Person, Ronde } from './support.js';

let postgres: TestPostgres;
let ronde: Ronde;
let ana: Person;

beforeAll(async () => {
  postgres = await TestPostgres.start();
  ronde = await Ronde.open({ READ_STORE_URL: await postgres.database() });
  ana = await ronde.person('Ana');
});
afterAll(async () => {
  await ronde?.close();
  await postgres?.dispose();
});

const query = '{ organisation { rootCircle { name members { member { name } } } } }';
const shown = { organisation: { rootCircle: { name: 'R', members: [{ member: { name: 'Ana' } }] } } };

describe('with the read models in PostgreSQL and everything else embedded', () => {
  it('a community is founded, read, and read the same after a rebuild', async () => {
    const founding = { name: 'C', circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 10 };
    await ana.acts('foundCommunity', founding);
    expect(await ana.gets(query)).toEqual(shown);
    await ronde.rebuild();
    expect(await ana.gets(query)).toEqual(shown);
    expect((await ana.gets('{ verifyAuditTrail { whole } }')).verifyAuditTrail).toEqual({ whole: true });
  });

  const ofOwnServer = ownsPostgres ? it : undefined;
  ofOwnServer?.('what is done while the database is away is recorded, and shown once it is back', async () => {
    await postgres.stopServer();
    try {
      expect(await ronde.health(503)).toMatchObject({ database: 'UNREACHABLE' });
      expect(await ana.ask(query)).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
      expect(await ana.tries('leaveCommunity')).toMatchObject({ __typename: 'Recorded' });
    } finally {
      await postgres.startServer();
    }
    await ronde.health(200);
    const me = '{ me { memberships { communityId } } }';
    expect(await ana.gets(me)).toEqual({ me: { memberships: [] } });
  });
});
