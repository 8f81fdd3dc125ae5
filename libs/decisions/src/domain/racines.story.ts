import { type Decider, type Fact, fold } from '@app/kernel';
import { refusalOf } from '@app/kernel/testing';
import type { CircleNow, MeetingNow, MeetingPlace, Voice } from './place.js';
import { type Proposal, proposal } from './proposal.js';
import type { Content, ProposalEvent } from './proposal.events.js';

type DataOf<T extends ProposalEvent['type']> = Extract<ProposalEvent, { type: T }>['data'];

/** The cast of the method's scenarios (method §11): Marc leads, Zoé facilitates, Luc keeps the record, Lise is second link. */
export const everybody = ['ana', 'marc', 'zoe', 'luc', 'lise', 'paul', 'ines'] as const;

export const racines: CircleNow = {
  circleId: 'racines',
  communityId: 'solidarite',
  revision: 41,
  zone: 'America/Toronto',
  state: 'Active',
  accepted: true,
  members: everybody,
  rules: {
    absenceMode: 'AllRequired',
    quorum: { numerator: 2, denominator: 3, minimum: 3 },
    review: { maxMonths: 24, warnMonths: 12, overdueDays: 30, lapseDays: 60 },
    sizes: { vacantTo: 2 },
    rounds: { setAsideMinimum: 3 },
  },
  domain: [{ itemId: 'ecoute' }, { itemId: 'formation', delegatedTo: 'jardin' }],
  subCircles: ['jardin'],
};

export const meeting: MeetingNow = {
  meetingId: 'm1',
  circleId: 'racines',
  open: true,
  present: everybody,
  facilitator: 'zoe',
  secretary: 'luc',
};

/** Half past six in the evening in Toronto, in winter. */
export const evening = (day: string): string => `${day}T23:30:00.000Z`;
export const now = evening('2027-01-14');
export const place: MeetingPlace = { circle: racines, meeting, now };
export const without = (...people: string[]): CircleNow => ({
  ...racines,
  revision: racines.revision + 1,
  members: racines.members.filter((it) => !people.includes(it)),
});

export const own = (by: string): Voice => ({ by, enteredBy: by, channel: 'own' });

export const words = { title: 'Rencontres le 2e jeudi', text: 'Nous nous réunissons le 2e jeudi du mois.' };
export const need = {
  need: 'Les dates changent trop souvent.',
  example: 'En décembre, trois membres se sont trompés de soir.',
};
export const content: Content = {
  ...words,
  ...need,
  reviewOn: '2027-07-15',
  measures: ['présences notées'],
  onMissedReview: 'Continue',
};

/** An event, by its type and data. */
export const fact = <T extends ProposalEvent['type']>(type: T, data: DataOf<T>): ProposalEvent =>
  ({ type, data }) as ProposalEvent;

export const drafted: DataOf<'ProposalDrafted'> = {
  proposalId: 'p1',
  circleId: 'racines',
  communityId: 'solidarite',
  author: 'ana',
  ...words,
  ...need,
};
export const opened: DataOf<'ConsentRoundOpened'> = {
  roundId: 'r1',
  version: 1,
  roster: [...everybody],
  present: [...everybody],
  quorum: 5,
  rules: {
    absenceMode: 'AllRequired',
    quorum: { ...racines.rules.quorum },
    maxReviewMonths: 24,
    review: { overdueDays: 30, lapseDays: 60 },
  },
  fundamental: false,
  facilitator: 'zoe',
  secretary: 'luc',
  meetingId: 'm1',
  circleRevision: 41,
  by: 'zoe',
};

export const draft = [fact('ProposalDrafted', drafted)];
export const presented = [
  ...draft,
  fact('ProposalPresented', { version: 1, content, meetingId: 'm1', by: 'ana', warnings: [] }),
];
export const clarifying = [...presented, fact('ClarifyingOpened', { version: 1, by: 'zoe' })];
const order = ['marc', 'zoe', 'luc', 'lise', 'paul', 'ines', 'ana'];
export const reacting = [...clarifying, fact('ReactingOpened', { version: 1, by: 'zoe', order })];
export const amending = [...reacting, fact('ReactionsClosed', { by: 'zoe', missing: [] })];
export const kept = [...amending, fact('VersionKept', { version: 1, by: 'ana' })];
export const inRound = [...kept, fact('ConsentRoundOpened', opened)];

export const consent = (by: string, more: Partial<DataOf<'ConsentGiven'>> = {}): ProposalEvent =>
  fact('ConsentGiven', { roundId: 'r1', version: 1, ...own(by), ...more });
export const objected = {
  objectionId: 'o1',
  roundId: 'r1',
  version: 1,
  ...own('ines'),
  argument: 'Des étudiants partiront.',
  affects: 'Notre but est l’accès pour tous.',
  kind: 'HindersCircleAim',
} satisfies DataOf<'ObjectionRaised'>;
export const objection = fact('ObjectionRaised', objected);
export const closed: DataOf<'ConsentRoundClosed'> = {
  roundId: 'r1',
  version: 1,
  outcome: 'objections',
  open: ['o1'],
  answered: [...everybody],
  quorum: 5,
};
export const others = everybody.filter((it) => it !== 'ines');
export const testing = [...inRound, objection, ...others.map((it) => consent(it)), fact('ConsentRoundClosed', closed)];
export const integrating = [
  ...testing,
  fact('IntegrationProposed', { objectionId: 'o1', integrationId: 'i1', option: 'amendText', by: 'luc' }),
];

/** Version `to`, written on the one before it. */
export const amendedTo = (to: number, more: Partial<DataOf<'ProposalAmended'>> = {}): ProposalEvent =>
  fact('ProposalAmended', {
    from: to - 1,
    to,
    base: to - 1,
    content: { ...content, text: `Version ${to}.` },
    why: 'Ce que nous avons entendu.',
    by: 'ana',
    substantial: false,
    objectionIds: [],
    warnings: [],
    ...more,
  });

export const decidedData: DataOf<'DecisionReached'> = {
  version: 1,
  roundId: 'r1',
  agreementId: 'a1',
  rule: 'AllRequired',
  fundamental: false,
  explicit: [...everybody],
  silent: [],
  unreached: [],
  concerns: [],
  orphaned: [],
  decidedOn: '2027-01-14',
};
export const decided = [
  ...inRound,
  ...everybody.map((it) => consent(it)),
  fact('ConsentRoundClosed', { ...closed, outcome: 'consent', open: [] }),
  fact('DecisionReached', decidedData),
];

/** One stream told as a story: each act is decided on what came before it and added to it. */
export class Story<S, F extends Fact> {
  private readonly told: F[];

  constructor(
    private readonly decider: Decider<S, F>,
    history: readonly F[] = [],
  ) {
    this.told = [...history];
  }

  get state(): S {
    return fold(this.decider, this.told);
  }

  /** Decides, and keeps the facts. */
  do<I>(decision: (state: S, input: I) => F[], input: I): F[] {
    const facts = decision(this.state, input);
    this.told.push(...facts);
    return facts;
  }

  /** The code it is refused with; nothing changes. */
  refused<I>(decision: (state: S, input: I) => F[], input: I): string {
    return refusalOf(() => decision(this.state, input)).code;
  }

  all<T extends F['type']>(type: T): Extract<F, { type: T }>['data'][] {
    return this.told.filter((it) => it.type === type).map((it) => it.data as Extract<F, { type: T }>['data']);
  }
}

export const proposalStory = (history: readonly ProposalEvent[] = []): Story<Proposal, ProposalEvent> =>
  new Story(proposal, history);
