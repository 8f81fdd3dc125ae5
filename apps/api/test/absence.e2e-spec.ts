import { broken, type Held, heldNow } from './held.js';
import { livingCircle, type LivingCircle, openMatters, type OpenMatters } from './living-circle.js';
import { Trials } from './trials.js';

/**
 * What no command does is shown by trying them all: every mutation of the schema, on matters that wait for one person’s own word, as
 * everybody who stands to the circle in any way except that person.
 */
let circle: LivingCircle;
let matters: OpenMatters;
let trials: Trials;
/** What was to be held, as it stood: at first, when all but the endings was tried, and so on to the end. */
let before: Held;
let tried: Held;
let resigned: Held;
let triedAgain: Held;
let gone: Held;

/** What has to come before others can reach as far as they do. */
const beginnings = ['proposeIntegration', 'proposeElectionIntegration', 'amendProposal', 'requestObjectionTest'];
/** Lawful for those who have answered, whose answers the trials before need. */
const secondThoughts = ['raiseObjection', 'raiseElectionObjection', 'disputeAnswer', 'disputeElectionAnswer'];
/**
 * Lawful, and ends what others are tried on. An officer who says that somebody is in the room says it of them by name, in the record, and
 * they may contest what is then entered as their word.
 */
const endings = ['recordPresence', 'redeemInvitation', 'withdrawProposal', 'cancelElection', 'closeMeeting'];
const resignations = ['stepBackAsExpert', 'stepBackAsSecretary', 'resignOffice'];
const departures = ['leaveCircle', 'leaveCommunity'];
const farewells = ['revokeApiToken', 'eraseMyData', 'signOutEverywhere'];
const inOrder = [...beginnings, ...secondThoughts, ...endings, ...resignations, ...departures, ...farewells];

const tryAll = async (mutations: readonly string[]): Promise<void> => {
  for (const mutation of mutations) await trials.everything(mutation);
};

beforeAll(async () => {
  circle = await livingCircle();
  matters = await openMatters(circle);
  trials = await Trials.of(circle, matters);
  const { attempts } = trials;
  const now = (): Promise<Held> => heldNow(circle.cast.ines, circle, matters);
  before = await now();
  const others = attempts.mutations.filter((it) => !inOrder.includes(it));
  await tryAll([...beginnings, ...others, ...secondThoughts]);
  tried = await now();
  await tryAll([...endings, ...resignations]);
  resigned = await now();
  const aboutCircles = others.filter((it) => attempts.takes(it, 'circleId'));
  await tryAll(aboutCircles);
  triedAgain = await now();
  await tryAll([...departures, ...aboutCircles]);
  gone = await now();
  await tryAll(farewells);
}, 600_000);
afterAll(() => circle.ronde.close());

const findings = (invariant: string, a: Held, b: Held): readonly string[] => broken[invariant]?.(a, b) ?? ['unknown'];

describe('whatever anybody tries', () => {
  it('every mutation of the schema is tried as everybody', () => {
    expect(new Set(inOrder.filter((it) => !trials.attempts.mutations.includes(it)))).toEqual(new Set());
    for (const mutation of trials.attempts.mutations) {
      const counts = [...(trials.answers.get(mutation)?.values() ?? [])];
      expect([mutation, counts.reduce((sum, it) => sum + it, 0) >= trials.actors.length]).toEqual([mutation, true]);
    }
  });

  it('INV-17 nobody becomes leader by their own or another’s act', () => {
    expect(findings('INV-17', before, tried)).toEqual([]);
    expect(findings('INV-17', tried, gone)).toEqual([]);
  });

  it('INV-23 nobody becomes a member of a circle without its decision', () => {
    expect(findings('INV-23', before, tried)).toEqual([]);
    expect(findings('INV-23', tried, gone)).toEqual([]);
  });

  it('INV-25 nobody is kept in a circle or an office, made to leave, or brought back', () => {
    const { racines, general, cast } = circle;
    expect(tried.members).toEqual(before.members);
    expect(findings('INV-25', resigned, triedAgain)).toEqual([]);
    const remaining = (circleId: string): Set<string> => new Set(gone.members[circleId]);
    const ids = (...people: { memberId: string }[]): Set<string> => new Set(people.map(({ memberId }) => memberId));
    expect(remaining(racines.circleId)).toEqual(ids(cast.paul, cast.ines));
    expect(remaining(general.circleId)).toEqual(ids(cast.hugo, cast.denise, cast.carole));
  });

  it('INV-30 nothing is decided while an answer is owed', () => {
    expect(findings('INV-30', before, tried)).toEqual([]);
    expect(findings('INV-30', tried, gone)).toEqual([]);
  });

  it('INV-38 INV-39 INV-45 an objection stays open without its objector’s word, or that of all the others', () => {
    expect(findings('INV-38', before, tried)).toEqual([]);
    expect(trials.answers.get('judgeObjection')?.get('Proposal')).toBeGreaterThan(3);
  });

  it('INV-44 nobody answers, reacts or nominates for somebody who is away', () => {
    expect(findings('INV-44', before, tried)).toEqual([]);
    expect(findings('INV-44', tried, gone)).toEqual([]);
  });

  it('INV-50 an agreement keeps its review date', () => {
    expect(Object.keys(before.reviews).length).toBeGreaterThan(0);
    expect(findings('INV-50', before, tried)).toEqual([]);
    expect(findings('INV-50', tried, gone)).toEqual([]);
  });

  it('INV-52 the logbook stays as it was written', () => {
    expect(before.log.length).toBeGreaterThan(0);
    expect(findings('INV-52', before, tried)).toEqual([]);
    expect(findings('INV-52', tried, gone)).toEqual([]);
  });

  it('INV-63 INV-66 nobody is elected by those who speak loudest, nor before they accept', () => {
    expect(findings('INV-63', before, tried)).toEqual([]);
    expect(findings('INV-63', tried, gone)).toEqual([]);
  });
});

describe('these trials', () => {
  it('see what they look for, when it happens', async () => {
    const { paul, ines } = circle.cast;
    await paul.acts('giveConsent', { ...matters.unanswered });
    const { proposalId, objectionId, version } = matters.objected;
    await ines.acts('confirmResolved', { proposalId, objectionId, version });
    const now = await heldNow(ines, circle, matters);
    expect(findings('INV-44', gone, now)).toHaveLength(1);
    expect(findings('INV-38', gone, now)).toHaveLength(1);
  });

  it.each<[string, Partial<Held>]>([
    ['INV-17', { leaders: ['ana leads racines'] }],
    ['INV-23', { members: { racines: ['zoe', 'ana'] } }],
    ['INV-25', { offices: ['ana is secretary of racines'] }],
    ['INV-30', { decisions: ['d1'] }],
    ['INV-30', { agreements: ['a1', 'a2'] }],
    ['INV-38', { objections: { o1: 'resolved' } }],
    ['INV-38', { objections: {} }],
    ['INV-44', { saidByTheAbsent: ['consent in r1'] }],
    ['INV-50', { reviews: { a1: '2029-01-01' } }],
    ['INV-52', { log: [] }],
    ['INV-52', { log: ['2027-01', '2027-02'] }],
    ['INV-63', { elections: ['e1'] }],
  ])('find %s broken by %j', (invariant, forged) => {
    const whole: Held = {
      ...{ objections: { o1: 'open' }, saidByTheAbsent: [], decisions: [], elections: [], agreements: ['a1'] },
      ...{ reviews: { a1: '2027-07-15' }, log: ['2027-01'], members: { racines: ['zoe'] }, leaders: [], offices: [] },
    };
    expect(findings(invariant, whole, whole)).toEqual([]);
    expect(findings(invariant, whole, { ...whole, ...forged })).toHaveLength(1);
  });

  it('ask for a row when a mutation has a field that is new', () =>
    expect(() => trials.attempts.inputsOf('giveConsent', {}, [{}])).toThrow(/is new/));
});
