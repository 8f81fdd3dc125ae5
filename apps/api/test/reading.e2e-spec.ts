import { statementsOf } from './statements.js';
import { Ronde } from './support.js';

/** The demo community, read by somebody of it. */
let ronde: Ronde;
let token: string;
beforeAll(async () => {
  ronde = await Ronde.open({ DEMO: 'on', CLOCK_FILE: '' });
  const { identity } = ronde.running.house;
  const accountId = (await identity.accountWithEmail('mireille.cardinal@solidarite.example')) ?? '';
  token = (await identity.createToken({ accountId, label: 'reading' })).token;
}, 120_000);
afterAll(() => ronde.close());

const everything = `query ($first: Int) { organisation { circles(first: $first) { nodes {
  name aim state strength parent { name } subCircles { name }
  members { member { name } offices linksOf { link } } offices { office holder { name } } experts { expert { name } }
  domain { text } vacantOffices
  proposals(first: 5) { nodes { title phase circle { name } author { name } } }
  agreements(first: 5) { nodes { title circle { name } } }
  logbook(first: 5) { nodes { number } }
  elections(first: 5) { nodes { office phase circle { name } } }
  meetings(first: 5) { nodes { openedAt circle { name } } }
} } } }`;

const read = async (first: number): Promise<{ name: string }[]> => {
  const { data, errors } = await ronde.ask(everything, { first }, { token });
  expect(errors).toBeUndefined();
  return data.organisation.circles.nodes;
};

describe('reading', () => {
  it('asks the database as often for five circles as for two', async () => {
    await read(5); // names and sessions are remembered from then on
    const two = await statementsOf(async () => expect(await read(2)).toHaveLength(2));
    const five = await statementsOf(async () => expect(await read(5)).toHaveLength(5));
    expect(two.length).toBeGreaterThan(5);
    expect(five).toHaveLength(two.length);
  });
});
