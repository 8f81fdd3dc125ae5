import { bool, int, json, maybeInt, maybeJson, maybeText, personal, type RowOf, table, text } from '@app/read-store';
import type { Effect } from '../domain/effect.js';
import type { AboutAgreement, RoundRules } from '../domain/proposal.events.js';

/** One row per proposal. A draft's words are its last writer's own; from the presentation on they stand in its versions. */
export const proposalTable = table(
  'proposal',
  {
    proposalId: text(),
    circleId: text(),
    communityId: text(),
    author: text(),
    phase: text(),
    /** The latest version; 0 while it is a draft. */
    version: int(),
    title: maybeText(),
    draftBy: text(),
    draftTitle: personal('draftBy'),
    draftText: personal('draftBy'),
    draftNeed: personal('draftBy'),
    draftExample: personal('draftBy'),
    /** The draft's effect as JSON text, since it holds words of the writer's. */
    draftEffect: personal('draftBy'),
    /** The agreement that the draft is to change. */
    draftAgreement: maybeJson<AboutAgreement>(),
    effectKind: maybeText(),
    /** The agreement that its latest version changes. */
    changes: maybeText(),
    reviewOn: maybeText(),
    /** The round last opened. */
    roundId: maybeText(),
    agreementId: maybeText(),
    decidedOn: maybeText(),
    refusedCode: maybeText(),
    refusedDetails: maybeJson<string[]>(),
    withdrawnBy: maybeText(),
    withdrawnReason: personal('withdrawnBy'),
    draftedAt: text(),
    presentedAt: maybeText(),
    changedAt: text(),
    /** Places in the log: the order of lists, and what somebody who left may still read. */
    draftedPosition: text(),
    changedPosition: text(),
  },
  { key: ['proposalId'], indexes: [['circleId', 'draftedPosition'], ['author'], ['changes']] },
);

export const coAuthorTable = table(
  'proposal_co_author',
  { proposalId: text(), memberId: text() },
  { key: ['proposalId', 'memberId'] },
);

/** What each version says. `by` wrote it and, from the second on, said why. */
export const versionTable = table(
  'proposal_version',
  {
    proposalId: text(),
    version: int(),
    title: maybeText(),
    text: maybeText(),
    need: maybeText(),
    example: maybeText(),
    responsible: maybeText(),
    domainItemId: maybeText(),
    reviewOn: text(),
    measures: json<(string | null)[]>(),
    resources: maybeText(),
    expiresOn: maybeText(),
    onMissedReview: text(),
    effect: maybeJson<Effect>(),
    agreement: maybeJson<AboutAgreement>(),
    cites: json<string[]>(),
    by: text(),
    why: personal('by'),
    base: maybeInt(),
    substantial: bool(),
    objectionIds: json<string[]>(),
    warnings: json<string[]>(),
    meetingId: maybeText(),
    kept: bool(),
    confirmed: bool(),
    publishedAt: text(),
  },
  { key: ['proposalId', 'version'] },
);

/** A question on a version, and its answer. */
export const questionTable = table(
  'clarification',
  {
    questionId: text(),
    proposalId: text(),
    version: int(),
    by: text(),
    enteredBy: text(),
    channel: text(),
    text: personal('by'),
    askedAt: text(),
    answeredBy: maybeText(),
    answerEnteredBy: maybeText(),
    answerChannel: maybeText(),
    answer: personal('answeredBy'),
    answeredAt: maybeText(),
    position: text(),
  },
  { key: ['questionId'], indexes: [['proposalId', 'position']] },
);

export const reactionTable = table(
  'reaction',
  {
    proposalId: text(),
    version: int(),
    by: text(),
    enteredBy: text(),
    channel: text(),
    text: personal('by'),
    reactedAt: text(),
    position: text(),
  },
  { key: ['proposalId', 'version', 'by'], indexes: [['proposalId', 'position']] },
);

export const roundTable = table(
  'consent_round',
  {
    roundId: text(),
    proposalId: text(),
    version: int(),
    quorum: int(),
    rules: json<RoundRules>(),
    fundamental: bool(),
    facilitator: text(),
    secretary: text(),
    meetingId: text(),
    circleRevision: int(),
    /** open, consent, objections or voided. */
    outcome: text(),
    voidCause: maybeText(),
    /** Somebody objected in it, whatever came of it. */
    objected: bool(),
    openedAt: text(),
    closedAt: maybeText(),
    position: text(),
  },
  { key: ['roundId'], indexes: [['proposalId', 'position']] },
);

/** One row per person on the roster: owed, consent, concern, objection or left. Its key begins with the proposal, so that an answer touches one page. */
export const placeTable = table(
  'consent_place',
  {
    proposalId: text(),
    roundId: text(),
    memberId: text(),
    rank: int(),
    inRoom: bool(),
    answered: text(),
    objectionId: maybeText(),
  },
  { key: ['proposalId', 'roundId', 'memberId'] },
);

/** Every answer ever given; `stands` while it counts for the version as it is. Those to one proposal lie together, as its places do. */
export const answerTable = table(
  'consent_answer',
  {
    answerId: text(),
    roundId: text(),
    proposalId: text(),
    version: int(),
    by: text(),
    enteredBy: text(),
    channel: text(),
    /** consent or objection. */
    kind: text(),
    concern: personal('by'),
    concerned: bool(),
    objectionId: maybeText(),
    stands: bool(),
    disputed: bool(),
    answeredAt: text(),
    position: text(),
  },
  { key: ['proposalId', 'roundId', 'by', 'answerId'] },
);

/** open, resolved, withdrawn, disputed, orphaned or setAside. */
export const objectionTable = table(
  'objection',
  {
    objectionId: text(),
    proposalId: text(),
    roundId: text(),
    version: int(),
    by: text(),
    enteredBy: text(),
    channel: text(),
    kind: text(),
    argument: personal('by'),
    affects: personal('by'),
    remedy: personal('by'),
    /** Whose word resolves it. */
    holder: text(),
    status: text(),
    /** It is of the round last held, and being integrated. */
    integrating: bool(),
    resolvedIn: maybeInt(),
    how: maybeText(),
    raisedAt: text(),
    position: text(),
  },
  { key: ['objectionId'], indexes: [['proposalId', 'position'], ['roundId']] },
);

/** What happened to an objection, in order: integrationProposed, resolved, adopted, orphaned, disputed, testRequested, judged, tested. */
export const objectionStepTable = table(
  'objection_step',
  {
    stepId: text(),
    objectionId: text(),
    proposalId: text(),
    kind: text(),
    by: maybeText(),
    option: maybeText(),
    text: personal('by'),
    argument: personal('by'),
    affects: personal('by'),
    version: maybeInt(),
    how: maybeText(),
    happenedAt: text(),
    position: text(),
  },
  { key: ['stepId'], indexes: [['objectionId', 'position']] },
);

/** Who is asked whether an objection is one, while it is tested. */
export const judgeTable = table(
  'objection_judge',
  { objectionId: text(), memberId: text(), rank: int(), proposalId: text(), circleId: text(), judged: bool() },
  { key: ['objectionId', 'memberId'], indexes: [['proposalId'], ['memberId', 'circleId']] },
);

export type ProposalRow = RowOf<typeof proposalTable>;
export type CoAuthorRow = RowOf<typeof coAuthorTable>;
export type VersionRow = RowOf<typeof versionTable>;
export type QuestionRow = RowOf<typeof questionTable>;
export type ReactionRow = RowOf<typeof reactionTable>;
export type RoundRow = RowOf<typeof roundTable>;
export type PlaceRow = RowOf<typeof placeTable>;
export type AnswerRow = RowOf<typeof answerTable>;
export type ObjectionRow = RowOf<typeof objectionTable>;
export type ObjectionStepRow = RowOf<typeof objectionStepTable>;
export type JudgeRow = RowOf<typeof judgeTable>;
