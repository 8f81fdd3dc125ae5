import {
  answered,
  bool,
  catalogue,
  day,
  event,
  type FactOf,
  id,
  list,
  maybe,
  oneOf,
  record,
  type Static,
  text,
  type TextKey,
  whole,
  word,
} from '@app/kernel';
import { effect, effectKinds } from './effect.js';

export const objectionKinds = [
  'HindersCircleAim',
  'HindersMyWork',
  'RiskTooHigh',
  'WorthwhileImprovement',
  'OutsideDomain',
  'BreaksRuleOrLaw',
  'HarmBeyondCircle',
] as const;
export const integrationOptions = [
  'amendText',
  'narrowScope',
  'shortenTerm',
  'addMeasure',
  'pilot',
  'addSafeguard',
  'split',
  'helpingCircle',
  'askFacts',
  'keepUnchanged',
] as const;
export const missedReviews = ['Continue', 'Lapse'] as const;

const draft = (key: TextKey) => ({
  title: text(key, 200),
  text: text(key),
  need: maybe(text(key, 4_000)),
  example: maybe(text(key, 4_000)),
  effect: maybe(effect(key)),
});

/** What a version says: consent is given to all of it (method §3.3, §3.5). */
export const content = () =>
  record({
    title: text('circle', 200),
    text: text('circle'),
    need: text('circle', 4_000),
    example: text('circle', 4_000),
    responsible: maybe(id()),
    domainItemId: maybe(id()),
    reviewOn: day(),
    measures: list(text('circle', 1_000)),
    resources: maybe(text('circle', 2_000)),
    expiresOn: maybe(day()),
    onMissedReview: oneOf(missedReviews),
    effect: maybe(effect('circle')),
  });
export type Content = Static<ReturnType<typeof content>>;

/** The rule of presence and answers that a round is held by. */
export const roundRules = () =>
  record({
    absenceMode: oneOf(['AllRequired', 'Deferred', 'PresentOnly']),
    quorum: record({ numerator: whole(), denominator: whole(), minimum: whole() }),
    maxReviewMonths: whole(),
  });
export type RoundRules = Static<ReturnType<typeof roundRules>>;

/** Everything that can happen to a proposal. Stream `proposal-<proposalId>`. */
export const proposalEvents = catalogue('proposal', {
  ProposalDrafted: event({
    proposalId: id(),
    circleId: id(),
    communityId: id(),
    author: id(),
    ...draft({ member: 'author' }),
  }),
  DraftRevised: event({ by: id(), ...draft({ member: 'by' }) }),
  CoAuthorJoined: event({ memberId: id(), by: id() }),
  ProposalPresented: event({
    version: whole(),
    content: content(),
    meetingId: id(),
    by: id(),
    warnings: list(word(60)),
  }),
  ClarifyingOpened: event({ version: whole(), by: id() }),
  ClarificationAsked: event({ questionId: id(), version: whole(), ...answered(), text: text({ member: 'by' }, 4_000) }),
  ClarificationAnswered: event({
    questionId: id(),
    version: whole(),
    ...answered(),
    text: text({ member: 'by' }, 4_000),
  }),
  ReactingOpened: event({ version: whole(), by: id(), order: list(id()) }),
  ReactionRecorded: event({ version: whole(), ...answered(), text: text({ member: 'by' }, 4_000) }),
  ReactionsClosed: event({ by: id(), missing: list(id()) }),
  ProposalAmended: event({
    from: whole(),
    to: whole(),
    base: whole(),
    content: content(),
    why: text({ member: 'by' }, 4_000),
    by: id(),
    substantial: bool(),
    objectionIds: list(id()),
    warnings: list(word(60)),
  }),
  VersionKept: event({ version: whole(), by: id() }),
  ConsentRoundOpened: event({
    roundId: id(),
    version: whole(),
    /** Who owes an answer, in the order in which they are heard. */
    roster: list(id()),
    present: list(id()),
    quorum: whole(),
    rules: roundRules(),
    fundamental: bool(),
    facilitator: id(),
    secretary: id(),
    meetingId: id(),
    circleRevision: whole(),
    by: id(),
  }),
  ConsentGiven: event({
    roundId: id(),
    version: whole(),
    ...answered(),
    concern: maybe(text({ member: 'by' }, 4_000)),
  }),
  ObjectionRaised: event({
    objectionId: id(),
    roundId: id(),
    version: whole(),
    ...answered(),
    argument: text({ member: 'by' }, 8_000),
    affects: text({ member: 'by' }, 4_000),
    kind: oneOf(objectionKinds),
    remedy: maybe(text({ member: 'by' }, 4_000)),
  }),
  AnswerDisputed: event({ roundId: id(), by: id(), objectionId: maybe(id()) }),
  RosterReduced: event({ roundId: id(), left: list(id()), quorum: whole(), circleRevision: whole() }),
  ConsentRoundClosed: event({
    roundId: id(),
    version: whole(),
    outcome: oneOf(['consent', 'objections']),
    open: list(id()),
    answered: list(id()),
    quorum: whole(),
  }),
  ConsentRoundVoided: event({
    roundId: id(),
    version: whole(),
    cause: oneOf(['reviewDatePassed', 'quorumLost', 'circleChanged', 'facilitatorUnavailable']),
  }),
  IntegrationProposed: event({
    objectionId: id(),
    integrationId: id(),
    option: oneOf(integrationOptions),
    text: maybe(text({ member: 'by' }, 4_000)),
    by: id(),
  }),
  ObjectionResolved: event({
    objectionId: id(),
    by: id(),
    version: whole(),
    how: oneOf(['amended', 'kept', 'withdrawnInRound']),
  }),
  StillMeetsNeedConfirmed: event({ version: whole(), by: id() }),
  ObjectionAdopted: event({
    objectionId: id(),
    from: id(),
    by: id(),
    argument: text({ member: 'by' }, 8_000),
    affects: text({ member: 'by' }, 4_000),
  }),
  ObjectionOrphaned: event({ objectionId: id(), cause: oneOf(['authorLeft']) }),
  /** `minimum`: with fewer judges it stands. */
  ObjectionTestRequested: event({ objectionId: id(), by: id(), judges: list(id()), minimum: whole() }),
  ObjectionJudged: event({
    objectionId: id(),
    ...answered(),
    stands: bool(),
    reason: text({ member: 'by' }, 4_000),
  }),
  ObjectionTested: event({
    objectionId: id(),
    outcome: oneOf(['stands', 'setAside']),
    judges: list(id()),
    supporters: list(id()),
  }),
  ObjectionSetAsideAsConcern: event({ objectionId: id() }),
  /** The text and the effect stand in the version; what the decision changes is read there. */
  DecisionReached: event({
    version: whole(),
    roundId: id(),
    agreementId: id(),
    rule: oneOf(['AllRequired', 'Deferred', 'PresentOnly']),
    fundamental: bool(),
    explicit: list(id()),
    silent: list(id()),
    unreached: list(id()),
    concerns: list(id()),
    orphaned: list(id()),
    setAside: maybe(list(id())),
    decidedOn: day(),
    effectKind: maybe(oneOf(effectKinds)),
  }),
  /** The target of the effect said no. `details` are numbers and ids. */
  EffectRefused: event({ code: word(60), details: list(word(200)) }),
  ProposalWithdrawn: event({ by: id(), reason: text({ member: 'by' }, 4_000) }),
});
export type ProposalEvent = FactOf<typeof proposalEvents>;
