import 'reflect-metadata';
import { Access, type GraphContext, type Relation, type Viewer } from '@app/graph';
import { projected } from '@app/read-store/testing';
import { AgreementQueries } from '../read/agreements.query.js';
import { agreements, logEntries } from '../read/agreements.projection.js';
import { objections } from '../read/objections.projection.js';
import { proposals, voices } from '../read/proposals.projection.js';
import { ProposalQueries } from '../read/proposals.query.js';
import { rounds } from '../read/rounds.projection.js';
import { agreementsOf, content, logbookOf, Told } from '../read/told.story.js';
import { waiting } from '../read/waiting.projection.js';
import { AgreementResolver, LogEntryResolver, WaitingDecisionsResolver } from './agreement.resolver.js';
import { DecisionsReader } from './decisions.reader.js';
import { ProposalResolver } from './proposal.resolver.js';
import { AnswerResolver, ObjectionResolver, ObjectionStepResolver, RoundResolver } from './round.resolver.js';

/** Everybody stands to the circle as it is said here. */
class StandsAs extends Access {
  constructor(
    private readonly relation: Relation,
    private readonly left?: string,
  ) {
    super();
  }

  override relationTo(): Promise<Relation> {
    return Promise.resolve(this.relation);
  }

  override leftAt(): Promise<string | undefined> {
    return Promise.resolve(this.left);
  }
}

const told = new Told()
  .heard()
  .add('VersionKept', { version: 1, by: 'ana' })
  .round()
  .consent('ana')
  .consent('luc', 'le stationnement')
  .consent('zoe')
  .objection()
  .add('ObjectionResolved', { objectionId: 'o1', by: 'ines', version: 1, how: 'withdrawnInRound' })
  .consent('ines')
  .closed('consent')
  .decided();
const dates = { decidedOn: '2027-02-11', effectiveFrom: '2027-02-11', reviewOn: '2027-08-12' };
const facts = [
  ...told.facts,
  agreementsOf('AgreementTookEffect', {
    ...{ agreementId: 'a1', circleId: 'racines', communityId: 'solidarite', proposalId: 'p1', version: 1, content },
    ...{ concerns: [{ by: 'luc', roundId: 'r1' }], ...dates, onMissedReview: 'Continue' },
  }),
  logbookOf('LogEntryWritten', {
    ...{ circleId: 'racines', communityId: 'solidarite', year: 2027, number: 1, date: '2027-02-11' },
    ...{ subject: { kind: 'decision', id: 'p1' }, agreementId: 'a1' },
  }),
  ...new Told('p2').drafted({ effect: { kind: 'admitMember', memberId: 'maya' } }).facts,
];

async function seenBy(relation: Relation, memberId = 'luc', left?: string, communityId = 'solidarite') {
  const { store } = await projected([proposals, voices, rounds, objections, agreements, logEntries, waiting], facts);
  const queries = new ProposalQueries(store);
  const agreementQueries = new AgreementQueries(store);
  const reader = new DecisionsReader(new StandsAs(relation, left), queries, agreementQueries);
  const common = { accountId: 'x', locale: 'fr', correlationId: 'r' } as const;
  const viewer: Viewer = { ...common, memberId, communityId };
  const context: GraphContext = { ...common, account: common, viewer, loaders: new Map() };
  const proposal = new ProposalResolver(reader, queries);
  const round = new RoundResolver(reader, queries);
  const agreement = new AgreementResolver(reader, agreementQueries, queries);
  return {
    viewer,
    context,
    reader,
    proposal,
    round,
    agreement,
    objection: new ObjectionResolver(queries),
    agreementQueries,
  };
}
type Seen = Awaited<ReturnType<typeof seenBy>>;

const read = ({ reader, viewer, context }: Seen, id = 'p1') => reader.proposal(viewer, id, context);
async function roundOf(seen: Seen) {
  const { proposal, round, viewer, context } = seen;
  const view = await proposal.lastRound((await read(seen))!, context);
  const roster = await round.roster(viewer, view!, context);
  const { nodes } = await round.answers(viewer, view!, {}, context);
  const answers = nodes.map((it) => new AnswerResolver().by(it)?.id ?? null);
  return { roster: roster.map(({ member, state }) => [member.id, state]), answers };
}
async function objectionOf(seen: Seen) {
  const { proposal, objection, viewer, context } = seen;
  const [view] = (await proposal.objections(viewer, (await read(seen))!, {}, context)).nodes;
  const [step] = (await objection.steps(view!, {}, context)).nodes;
  const people = [objection.by(view!), objection.holder(view!), new ObjectionStepResolver().by(step!)];
  return { argument: view!.argument, people: people.map((it) => it?.id ?? null) };
}

describe('a proposal', () => {
  it.each(['member', 'parentLink', 'expert'] as const)('is read by a %s', async (relation) =>
    expect(await read(await seenBy(relation))).toMatchObject({ proposalId: 'p1', phase: 'Decided' }),
  );

  it.each(['community', 'none'] as const)('is not read by who is of the %s only', async (relation) => {
    const seen = await seenBy(relation);
    expect(await read(seen)).toBeNull();
    expect((await seen.reader.proposalsOf(seen.viewer, 'racines', {}, seen.context)).nodes).toEqual([]);
  });

  it('is not read from another community, whatever one is there', async () =>
    expect(await read(await seenBy('member', 'luc', undefined, 'elsewhere'))).toBeNull());

  it('is read by who left as far as it had come', async () => {
    const [first, last] = [told.facts[3]!.position, told.facts.at(-1)!.position];
    expect(await read(await seenBy('former', 'luc', first))).toBeNull();
    expect(await read(await seenBy('former', 'luc', last))).toMatchObject({ proposalId: 'p1' });
    expect(await read(await seenBy('former'))).toBeNull();
  });

  it('is its authors’ own while it is a draft', async () => {
    const reader = await seenBy('member');
    expect(await read(reader, 'p2')).toBeNull();
    const author = await seenBy('member', 'ana');
    const draft = (await read(author, 'p2'))!;
    expect(await author.proposal.draft(author.viewer, draft, author.context)).toMatchObject({ title: content.title });
    expect(await author.proposal.effect(author.viewer, draft, author.context)).toMatchObject({
      admitMember: { member: { id: 'maya' }, splitPlan: null },
    });
    const { proposal, viewer, context } = reader;
    expect(await proposal.draft(viewer, draft, context)).toBeNull();
    expect(await proposal.effect(viewer, draft, context)).toBeNull();
  });
});

describe('who objected', () => {
  it('is told inside the circle', async () => {
    const member = await seenBy('member');
    expect(await objectionOf(member)).toEqual({
      argument: 'Des étudiants partiront.',
      people: ['ines', 'ines', 'ines'],
    });
    expect(await roundOf(member)).toEqual({
      roster: [
        ['ana', 'consent'],
        ['zoe', 'consent'],
        ['luc', 'concern'],
        ['ines', 'consent'],
      ],
      answers: ['ana', 'luc', 'zoe', 'ines', 'ines'],
    });
  });

  it.each(['parentLink', 'expert', 'former'] as const)(
    'is not told to a %s, nor can it be guessed',
    async (relation) => {
      const seen = await seenBy(relation, 'luc', told.facts.at(-1)!.position);
      expect(await objectionOf(seen)).toEqual({ argument: 'Des étudiants partiront.', people: [null, null, null] });
      const { roster, answers } = await roundOf(seen);
      expect(roster.map(([, answered]) => answered)).toEqual(['answered', 'answered', 'answered', 'answered']);
      expect(answers).toEqual([null, null, null, null, null]);
    },
  );
});

describe('an agreement and the logbook', () => {
  const agreementOf = async (seen: Seen) => {
    const { reader, agreement, viewer, context } = seen;
    const view = await reader.agreement(viewer, 'a1', context);
    if (view === null) return null;
    const concerns = (await agreement.concerns(viewer, view, context)).map((it) => [it.member.id, it.text]);
    const decided = await agreement.proposal(viewer, view, context);
    return { title: view.title, concerns, proposal: decided?.proposalId ?? null };
  };

  it('S1 are read with their concerns by who reads the proposal', async () =>
    expect(await agreementOf(await seenBy('member'))).toEqual({
      title: content.title,
      concerns: [['luc', 'le stationnement']],
      proposal: 'p1',
    }));

  it('are read by the whole community, without what was said on the way', async () => {
    const seen = await seenBy('community');
    expect(await agreementOf(seen)).toEqual({ title: content.title, concerns: [], proposal: null });
    const { reader, viewer, context, agreement } = seen;
    const [listed] = (await reader.agreementsOf(viewer, 'racines', { first: 1 }, context)).nodes;
    expect(await agreement.logEntry(listed!, context)).toMatchObject({ year: 2027, number: 1 });
    const [entry] = (await reader.logEntriesOf(viewer, 'racines', {}, context)).nodes;
    expect(new LogEntryResolver(reader).label(entry!)).toBe('2027-01');
  });

  it('are not read from outside', async () => {
    const { reader, viewer, context } = await seenBy('none', 'luc', undefined, 'elsewhere');
    expect(await reader.agreement(viewer, 'a1', context)).toBeNull();
    expect((await reader.agreementsOf(viewer, 'racines', {}, context)).nodes).toEqual([]);
    expect((await reader.logEntriesOf(viewer, 'racines', {}, context)).nodes).toEqual([]);
  });
});

describe('what hangs on a proposal', () => {
  it('is read page by page, in the order of the log', async () => {
    const seen = await seenBy('member');
    const { proposal, context } = seen;
    const view = (await read(seen))!;
    expect((await proposal.versions(view, {}, context)).nodes).toMatchObject([{ version: 1, text: content.text }]);
    expect((await proposal.questions(view, {}, context)).nodes).toMatchObject([{ answer: 'Oui.' }]);
    expect((await proposal.reactions(view, { first: 1 }, context)).nodes).toMatchObject([{ by: 'ines' }]);
    expect((await proposal.rounds(view, {}, context)).pageInfo.hasNextPage).toBe(false);
    expect(await proposal.latestVersion(view, context)).toMatchObject({ version: 1 });
    expect(proposal.effectRefusal(view, context)).toBeNull();
  });

  it('tells in words what could not be done', async () => {
    const seen = await seenBy('member');
    const refused = Object.assign((await read(seen))!, {
      refusedCode: 'REVIEW_TOO_LATE',
      refusedDetails: ['latest=2029-01-14'],
    });
    expect(seen.proposal.effectRefusal(refused, seen.context)?.message).toContain('2029-01-14');
  });
});

describe('what waits for me', () => {
  it('is mine alone, and nothing before one acts in a community', async () => {
    const { agreementQueries, context } = await seenBy('member', 'zoe');
    const resolver = new WaitingDecisionsResolver(agreementQueries);
    expect((await resolver.waitingDecisions({}, context)).nodes).toEqual([]);
    expect((await resolver.waitingDecisions({}, { ...context, viewer: undefined })).nodes).toEqual([]);
  });
});
