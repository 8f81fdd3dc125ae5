import { randomUUID } from 'node:crypto';
import { codes, days, everyMutation, type Leaf, type Mutation } from './every-mutation.js';
import { evening, openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { askAbout, callElection, type Round } from './ways.js';

/** What concerns an account or a community as a whole, and names nothing of a circle. */
const ofOneself = [
  'createApiToken',
  'eraseMyData',
  'foundCommunity',
  'invite',
  'leaveCommunity',
  'redeemInvitation',
  'revokeApiToken',
  'signOutEverywhere',
];

let story: Racines;
let mutations: Mutation[];
let salma: Person;
let yara: Person;
let round: Round;
/** A meeting that is open, a proposal in its round with an objection, an election that is nominating. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  story = await openRacines();
  const { ronde, racines, cast } = story;
  mutations = await everyMutation(ronde);
  salma = await ronde.person('Salma');
  await salma.acts('foundCommunity', {
    name: 'Ailleurs',
    circleName: 'Racine',
    aim: 'Autre chose',
    domain: ['tout'],
    meetingsPerYear: 6,
  });
  yara = await story.newcomer('Yara');
  ronde.itIs(evening('2027-01-14'));
  const { electionId, meetingId } = await callElection(racines, 'secretary', 'expiry', '2028-12-31');
  round = await askAbout(racines, meetingId, cast.ana, { title: 'Frais', text: 'Un atelier coûte 40 $.' });
  const words = { kind: 'HindersCircleAim', argument: 'Des étudiants partiront.', affects: 'L’accès de tous.' };
  await cast.ines.acts('raiseObjection', { ...round, ...words });
  const { proposal } = await cast.ana.gets(
    'query ($id: ID!) { proposal(id: $id) { objections(first: 1) { nodes { id } } } }',
    { id: round.proposalId },
  );
  const objectionId = proposal.objections.nodes[0].id;
  const { circleId } = racines;
  ids = { ...round, version: '1', circleId, meetingId, electionId, objectionId, memberId: cast.ana.memberId };
}, 120_000);
afterAll(() => story.ronde.close());

/** Where the record of every circle of both communities ends. */
async function ends(): Promise<unknown> {
  const query = `query ($circleId: ID!) { auditTrail(circleId: $circleId, first: 1) { nodes { position type } } }`;
  const { cast, racines, general } = story;
  const { organisation } = await salma.gets('{ organisation { rootCircle { id } circles { nodes { id } } } }');
  const of = async (reader: Person, circleId: string) => (await reader.gets(query, { circleId })).auditTrail.nodes;
  return Promise.all([
    of(cast.marc, racines.circleId),
    of(cast.marc, general.circleId),
    of(salma, organisation.rootCircle.id),
    organisation.circles.nodes,
  ]);
}

/** Does something that has to change nothing anywhere. */
async function unchanged(act: () => Promise<void>): Promise<void> {
  const before = await ends();
  await act();
  expect(await ends()).toEqual(before);
}

const unknown = (): string => randomUUID();
const known = (field: string): string => ids[field] ?? ids['memberId'] ?? '';
const aboutCircles = (): Mutation[] => mutations.filter(({ name }) => !ofOneself.includes(name));

describe('an id', () => {
  it('of another community and one of nothing get the same answer, to every mutation, in both languages', () =>
    unchanged(async () => {
      expect(aboutCircles().length).toBeGreaterThan(40);
      for (const { name, input } of aboutCircles())
        for (const locale of ['fr', 'en'] as const) {
          const foreign = await salma.tries(name, input(known), { locale });
          expect({ name, ...foreign }).toMatchObject({ name, __typename: 'Refused', code: 'NOT_FOUND' });
          expect(await salma.tries(name, input(unknown), { locale })).toEqual(foreign);
        }
    }));

  it('of nothing is refused to a member, whichever of several it is', () =>
    unchanged(async () => {
      const { zoe } = story.cast;
      for (const { name, input } of aboutCircles())
        for (const field of ['circleId', 'proposalId', 'electionId', 'meetingId'].filter((it) => it in input(known))) {
          const answer = await zoe.tries(name, { ...input(known), [field]: unknown() });
          expect({ name, field, ...answer }).toMatchObject({ name, field, code: 'NOT_FOUND' });
        }
    }));

  it('finds nothing in any query', async () => {
    for (const [query, id] of [
      ['circle', ids['circleId']],
      ['proposal', ids['proposalId']],
      ['election', ids['electionId']],
      ['meeting', ids['meetingId']],
      ['agreement', unknown()],
    ]) {
      const asked = `query ($id: ID!) { found: ${query}(id: $id) { id } }`;
      expect([query, await salma.gets(asked, { id })]).toEqual([query, { found: null }]);
      expect([query, await salma.gets(asked, { id: unknown() })]).toEqual([query, { found: null }]);
    }
    for (const list of ['proposals', 'agreements', 'elections', 'meetings', 'logEntries', 'auditTrail']) {
      const asked = `query ($id: ID!) { found: ${list}(circleId: $id) { nodes { id: __typename } } }`;
      expect([list, await salma.gets(asked, { id: ids['circleId'] })]).toEqual([list, { found: { nodes: [] } }]);
    }
  });
});

describe('somebody who is not a member of the circle', () => {
  /** What is said of the circle itself, whose state the whole community reads. */
  const ofTheCircle: Readonly<Record<string, string>> = {
    acceptAdmission: 'CIRCLE_NOT_FORMING',
    acceptConvening: 'ONLY_CONVENER',
    activateCircle: 'ONLY_OFFICERS_ACTIVATE',
    closeMeeting: 'NOT_AN_OFFICER',
    declineAdmission: 'CIRCLE_NOT_FORMING',
    offerAdmission: 'CIRCLE_NOT_FORMING',
    resignOffice: 'NOT_IN_OFFICE',
    stepBackAsExpert: 'EXPERT_NOT_ASSIGNED',
    stepBackAsSecretary: 'NOT_ACTING',
    volunteerAsSecretary: 'CIRCLE_NOT_FORMING',
  };

  it('is refused every mutation on it, and learns nothing of how things stand', () =>
    unchanged(async () => {
      for (const { name, input } of aboutCircles())
        expect([name, await yara.refused(name, input(known))]).toEqual([name, ofTheCircle[name] ?? 'NOT_A_MEMBER']);
    }));
});

const text = (leaf: Leaf): boolean => leaf.type === 'String' && ![...days, ...codes].includes(leaf.path.at(-1) ?? '');
const day = ({ type, path }: Leaf): boolean => type === 'String' && days.includes(path.at(-1) ?? '');

describe('input', () => {
  /** Every leaf that `which` picks, of every mutation, with a value that breaks `rule`: told field by field, in both languages. */
  async function breaks(which: (leaf: Leaf) => boolean, value: string, rule: string): Promise<void> {
    const { zoe } = story.cast;
    let tried = 0;
    for (const mutation of mutations)
      for (const leaf of mutation.leaves.filter(which)) {
        tried += 1;
        const input = mutation.inputWith(leaf, value);
        const document = await story.ronde.document(mutation.name);
        const [french, english] = await Promise.all(
          (['fr', 'en'] as const).map(async (locale) => zoe.ask(document, { input }, { locale })),
        );
        const place = [mutation.name, leaf.path.join('.')];
        const problemOf = (answer: typeof french): { message: string } | undefined => {
          const problems = (answer?.errors?.[0]?.extensions['problems'] ?? []) as {
            path: string;
            rule: string;
            message: string;
          }[];
          return problems.find((it) => it.rule === rule && it.path.startsWith(`input.${leaf.path[0]}`));
        };
        const [fr, en] = [problemOf(french), problemOf(english)];
        expect([...place, french?.errors?.[0]?.extensions.code, french?.data]).toEqual([
          ...place,
          'BAD_USER_INPUT',
          null,
        ]);
        expect([...place, fr?.message, en?.message]).toEqual([...place, expect.any(String), expect.any(String)]);
        expect(fr?.message).not.toBe(en?.message);
        if (rule === 'atMost') expect(en?.message).toMatch(/at most [\d,]+ characters/);
      }
    expect(tried).toBeGreaterThan(10);
  }

  it('whose text is blank, too long, or holds what cannot be shown, is told so wherever text is taken', () =>
    unchanged(async () => {
      await breaks(text, ' \n ', 'notBlank');
      await breaks(text, 'é'.repeat(20_001), 'atMost');
      for (const bad of ['a\u0007b', 'a\u0000b', 'a\ud800b', 'a\u202eb']) await breaks(text, bad, 'wellFormed');
    }));

  it('whose day does not exist, or whose id is not one, is told so wherever one is taken', () =>
    unchanged(async () => {
      for (const bad of ['2027-02-30', '15/03/2027', '2027-3-1', '']) await breaks(day, bad, 'isCivilDay');
      for (const bad of ['a b', 'x'.repeat(65), "'; drop"])
        await breaks(({ type }) => type === 'ID', bad, 'isIdentifier');
    }));

  it('of a query is checked as well: moments, pages, ids', async () => {
    const { zoe } = story.cast;
    const { circleId = '' } = ids;
    for (const [query, variables] of [
      ['query ($id: ID!) { circle(id: $id, asOf: "yesterday") { id } }', { id: circleId }],
      ['query ($id: ID!) { circle(id: $id, asOf: "2027-02-30T10:00:00Z") { id } }', { id: circleId }],
      ['query ($id: ID!) { circle(id: $id) { id } }', { id: 'a b' }],
      ['{ organisation(asOf: "2027-01-01T00:00:00") { asOf } }', {}],
      ['query ($id: ID!) { auditTrail(circleId: $id, first: 0) { nodes { id } } }', { id: circleId }],
      ['query ($id: ID!) { auditTrail(circleId: $id, first: 100000) { nodes { id } } }', { id: circleId }],
      ['query ($id: ID!) { proposals(circleId: $id, after: "nowhere") { nodes { id } } }', { id: circleId }],
      ['query ($id: ID!) { proposals(circleId: $id, phases: [Adopted]) { nodes { id } } }', { id: circleId }],
    ] as const) {
      const { errors } = await zoe.ask(query, variables);
      expect([query, errors?.[0]?.extensions.code]).toEqual([
        query,
        expect.stringMatching(/^(BAD_USER_INPUT|BAD_CURSOR|GRAPHQL_VALIDATION_FAILED)$/),
      ]);
    }
  });
});

describe('a word at the wrong moment', () => {
  it('is refused by the phase it came in', () =>
    unchanged(async () => {
      const { zoe, ana, luc } = story.cast;
      const { proposalId = '', meetingId = '', electionId = '', objectionId = '', circleId = '' } = ids;
      const held = { electionId, meetingId };
      const texts = { text: 'Un texte.', why: 'Pour voir.' };
      for (const [person, verb, input, code] of [
        [ana, 'presentProposal', { proposalId, meetingId, reviewOn: '2027-07-15' }, 'WRONG_PHASE'],
        [ana, 'reviseDraft', { proposalId, title: 'Frais', text: 'Autre.' }, 'WRONG_PHASE'],
        [ana, 'keepVersion', { proposalId }, 'WRONG_PHASE'],
        [ana, 'withdrawProposal', { proposalId, reason: 'Plus tard.' }, 'WRONG_PHASE'],
        [ana, 'amendProposal', { proposalId, baseVersion: 1, ...texts }, 'TEXT_FROZEN'],
        [zoe, 'openClarifying', { proposalId, meetingId }, 'WRONG_PHASE'],
        [luc, 'askClarification', { proposalId, text: 'Pourquoi ?' }, 'WRONG_PHASE'],
        [luc, 'recordReaction', { proposalId, text: 'Bien.' }, 'WRONG_PHASE'],
        [zoe, 'closeReactions', { proposalId, meetingId }, 'WRONG_PHASE'],
        [zoe, 'closeConsentRound', { proposalId, meetingId }, 'ANSWERS_MISSING'],
        [zoe, 'proposeIntegration', { proposalId, objectionId, option: 'pilot' }, 'WRONG_PHASE'],
        [zoe, 'openReasons', held, 'WRONG_PHASE'],
        [luc, 'giveReason', { ...held, text: 'Sa patience.' }, 'WRONG_PHASE'],
        [zoe, 'openElectionConsent', held, 'WRONG_PHASE'],
        [luc, 'acceptOffice', held, 'WRONG_PHASE'],
        [zoe, 'offerAdmission', { circleId, memberId: yara.memberId }, 'CIRCLE_NOT_FORMING'],
      ] as const)
        expect([verb, await person.refused(verb, input)]).toEqual([verb, code]);
    }));

  it('or on another version than the one asked about, is refused', () =>
    unchanged(async () => {
      const { zoe, ana, ines } = story.cast;
      const { proposalId = '', meetingId = '', objectionId = '' } = ids;
      const objection = { kind: 'RiskTooHigh', argument: 'Trop tôt.', affects: 'La caisse.' };
      for (const [person, verb, input, code] of [
        [ana, 'giveConsent', { ...round, version: 2 }, 'ANSWER_TO_ANOTHER_VERSION'],
        [ana, 'giveConsent', { ...round, roundId: unknown() }, 'ANSWER_TO_ANOTHER_VERSION'],
        [ana, 'raiseObjection', { ...round, version: 2, ...objection }, 'ANSWER_TO_ANOTHER_VERSION'],
        [ines, 'confirmResolved', { proposalId, objectionId, version: 2 }, 'VERSION_NOT_LATEST'],
        [ines, 'confirmResolved', { proposalId, objectionId: unknown(), version: 1 }, 'OBJECTION_UNKNOWN'],
        [zoe, 'openConsentRound', { proposalId, meetingId, version: 7 }, 'WRONG_PHASE'],
      ] as const)
        expect([verb, await person.refused(verb, input)]).toEqual([verb, code]);
    }));

  it('by somebody whose part it is not, is refused', () =>
    unchanged(async () => {
      const { ana, zoe, luc } = story.cast;
      const { proposalId = '', meetingId = '', electionId = '', objectionId = '' } = ids;
      for (const [person, verb, input, code] of [
        [luc, 'closeConsentRound', { proposalId, meetingId }, 'NOT_THE_FACILITATOR'],
        [luc, 'keepVersion', { proposalId }, 'WRONG_PHASE'],
        [ana, 'confirmResolved', { proposalId, objectionId, version: 1 }, 'NOT_THE_OBJECTOR'],
        [
          luc,
          'adoptObjection',
          { proposalId, objectionId, argument: 'Oui.', affects: 'Oui.' },
          'OBJECTOR_STILL_MEMBER',
        ],
        [ana, 'giveConsent', { ...round, by: luc.memberId, channel: 'voice', meetingId }, 'NO_PROXY'],
        [zoe, 'giveConsent', { ...round, by: luc.memberId }, 'NO_PROXY'],
        [ana, 'recordPresence', { meetingId, memberId: luc.memberId, present: false }, 'NOT_AN_OFFICER'],
        [luc, 'revealNominations', { electionId, meetingId }, 'NOT_THE_LEAD'],
      ] as const)
        expect([verb, await person.refused(verb, input)]).toEqual([verb, code]);
    }));
});
