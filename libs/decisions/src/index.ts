export * from './domain/agreement.events.js';
export * from './domain/effect.js';
export * from './domain/proposal.events.js';
export { decisionRefusals } from './domain/refusals.js';
export type { EffectInput } from './write/effects.js';
export {
  DraftProposal,
  PresentProposal,
  proposalIdOf,
  ReviseDraft,
  WelcomeCoAuthor,
  WithdrawProposal,
} from './write/drafting.commands.js';
export {
  AnswerClarification,
  AskClarification,
  CloseReactions,
  OpenClarifying,
  OpenReacting,
  questionIdOf,
  RecordReaction,
} from './write/clarifying.commands.js';
export { AmendProposal, ConfirmStillMeetsNeed, KeepVersion } from './write/amending.commands.js';
export {
  CloseConsentRound,
  DisputeAnswer,
  GiveConsent,
  objectionIdOf,
  OpenConsentRound,
  RaiseObjection,
  roundIdOf,
} from './write/consent-round.commands.js';
export { CloseObjectionTest, JudgeObjection, RequestObjectionTest } from './write/objection-test.commands.js';
export { AdoptObjection, ConfirmResolved, ProposeIntegration } from './write/objections.commands.js';
export { WriteLogEntry } from './write/outcome.commands.js';
export { decisionPolicies, DecisionsWriteModule } from './decisions-write.module.js';
export { decisionDeadlines, decisionsCatalogues, DecisionsModule, decisionsProjections } from './decisions.module.js';
export { AgreementView, LogEntryView, WaitingDecisionView } from './graphql/agreement.types.js';
export { DecisionsReader } from './graphql/decisions.reader.js';
export { ProposalView } from './graphql/proposal.types.js';
export { AgreementQueries } from './read/agreements.query.js';
