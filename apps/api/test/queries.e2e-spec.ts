import { openRacines, type Racines } from './racines.js';
import { statementsOf } from './statements.js';
import { callElection, meet } from './ways.js';

/** A circle with more of everything than a page of two shows, all alike, so that only their number differs. */
let racines: Racines;
const many = 20;

beforeAll(async () => {
  racines = await openRacines();
  const { racines: room, ronde } = racines;
  ronde.later({ hours: 1 });
  const meetingId = await meet(room);
  for (let n = 0; n < many; n += 1) await asked(meetingId, n);
  for (let n = 0; n < many; n += 1) await callElection(room, 'secretary', 'expiry', '2028-12-31');
}, 300_000);
afterAll(() => racines.ronde.close());

/** A proposal in an open round, with a question, an answer to it, a consent and an objection. */
async function asked(meetingId: string, n: number): Promise<void> {
  const { cast, racines: room, ronde } = racines;
  const { ana, luc, ines, zoe } = cast;
  const words = { title: `Proposition ${n}`, text: 'Nous essayons.', need: 'Il le faut.', example: 'Hier.' };
  const { id: proposalId } = await ana.acts<{ id: string }>('draftProposal', { circleId: room.circleId, ...words });
  await ana.acts('presentProposal', { proposalId, meetingId, reviewOn: ronde.day(180), measures: ['présences'] });
  await zoe.acts('openClarifying', { proposalId, meetingId });
  await zoe.acts('openReacting', { proposalId, meetingId });
  for (const person of [...room.people.filter((it) => it !== ana), ana])
    await person.acts('recordReaction', { proposalId, text: 'Bien.' });
  await zoe.acts('closeReactions', { proposalId, meetingId });
  await ana.acts('keepVersion', { proposalId });
  const opened = await zoe.acts<{ lastRound: { id: string } }>('openConsentRound', {
    proposalId,
    meetingId,
    version: 1,
  });
  const round = { proposalId, roundId: opened.lastRound.id, version: 1 };
  await luc.acts('giveConsent', round);
  await ines.acts('raiseObjection', {
    ...round,
    kind: 'HindersCircleAim',
    argument: 'Trop vite.',
    affects: 'Notre but.',
  });
}

const elections = `query ($id: ID!, $first: Int) { nodes: elections(circleId: $id, first: $first) { nodes {
    office phase circle { name } calledBy { name } lead { name } envelopes { isSealed member { name } }
    nominations { by { name } } reasons { by { name } } rounds(first: 2) { nodes { answers { member { name } } } }
    objections(first: 2) { nodes { by { name } } } } } }`;

const pages: Readonly<Record<string, string>> = {
  'a circle and its proposals': `query ($id: ID!, $first: Int) { circle(id: $id) { name strength
    members { member { name } offices linksOf { link } } offices { office holder { name } } parent { name }
    nodes: proposals(first: $first) { nodes { title phase circle { name } author { name } coAuthors { name }
      latestVersion { number by { name } } lastRound { outcome facilitator { name } roster { state member { name } } }
      effect { acceptAimAndDomain } agreement { title } } } } }`,
  'what was said of proposals': `query ($id: ID!, $first: Int) { nodes: proposals(circleId: $id, first: $first) { nodes {
    questions { nodes { by { name } } } reactions(first: 10) { nodes { by { name } } }
    rounds(first: 2) { nodes { answers(first: 10) { nodes { by { name } } } } }
    objections(first: 2) { nodes { argument by { name } steps(first: 2) { nodes { by { name } } } } } } } }`,
  'elections under way': elections,
  'elections that are done': elections,
  meetings: `query ($id: ID!, $first: Int) { nodes: meetings(circleId: $id, first: $first) { nodes {
    openedAt openedBy { name } circle { name } presences { member { name } } } } }`,
  'the audit trail': `query ($id: ID!, $first: Int) { nodes: auditTrail(circleId: $id, first: $first) { nodes {
    type fr en sentence member { name } cause { fr } } } }`,
  'what happened by itself': `query ($id: ID!, $first: Int) {
    nodes: auditTrail(circleId: $id, first: $first, types: ["LogEntryWritten", "AgreementTookEffect", "TermStarted"]) {
      nodes { fr en cause { en member { name } } } } }`,
  'what waits': `query ($first: Int) { me { nodes: waiting(first: $first) { nodes {
    kind sentence circle { name } proposal { title author { name } } election { office } } } } }`,
  'agreements and the logbook': `query ($id: ID!, $first: Int) { nodes: logEntries(circleId: $id, first: $first) { nodes {
    label circle { name } agreement { title proposal { author { name } } concerns { text } logEntry { label } } } } }`,
};

describe('a page', () => {
  it.each(Object.entries(pages))('of %s asks the database no more for twenty than for two', async (what, query) => {
    // The general circle has elected its officers, and nothing else.
    const room = what === 'elections that are done' ? racines.general : racines.racines;
    const reader = room === racines.general ? racines.cast.nadia : racines.cast.paul;
    const read = async (first: number): Promise<number> => {
      const data = await reader.gets<Read>(query, { id: room.circleId, first });
      return (data.nodes ?? (data.circle ?? data.me)?.nodes)?.nodes.length ?? 0;
    };
    await read(many); // names are remembered from then on
    const two = await statementsOf(async () => expect(await read(2)).toBe(2));
    const more = await statementsOf(async () => expect(await read(many)).toBeGreaterThan(2));
    expect(two.length).toBeGreaterThan(0);
    expect(shapesOf(more)).toEqual(shapesOf(two));
  });

  it('would be seen to ask for each thing by itself', async () => {
    const ask = (): Promise<unknown> =>
      racines.cast.paul.gets('query ($id: ID!) { circle(id: $id) { name } }', { id: racines.racines.circleId });
    const once = await statementsOf(ask);
    const each = await statementsOf(() => Promise.all([ask(), ask(), ask()]));
    expect(once.length).toBeGreaterThan(0);
    expect(each).toHaveLength(3 * once.length);
  });
});

interface Page {
  readonly nodes: readonly object[];
}
interface Read {
  readonly nodes?: Page;
  readonly circle?: { readonly nodes: Page };
  readonly me?: { readonly nodes: Page };
}

/** Statements whatever the number of ids they ask about, in no order. */
const shapesOf = (statements: readonly string[]): string[] =>
  statements.map((sql) => sql.replace(/\((\?, )*\?\)/g, '(?)')).sort();
