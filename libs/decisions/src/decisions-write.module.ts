import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { WhenDecisionReachedThenAgreementTakesEffect } from './policies/when-decision-reached-then-agreement-takes-effect.policy.js';
import { WhenDecisionReachedThenApplyItsEffect } from './policies/when-decision-reached-then-apply-its-effect.policy.js';
import { WhenDecisionReachedThenWriteLogEntry } from './policies/when-decision-reached-then-write-log-entry.policy.js';
import * as agreements from './write/agreement.commands.js';
import { AgreementsNamed } from './write/agreements-named.js';
import * as amending from './write/amending.commands.js';
import * as clarifying from './write/clarifying.commands.js';
import * as rounds from './write/consent-round.commands.js';
import * as drafting from './write/drafting.commands.js';
import { Effects } from './write/effects.js';
import * as objectionTests from './write/objection-test.commands.js';
import * as objections from './write/objections.commands.js';
import * as outcome from './write/outcome.commands.js';
import { AnnounceAgreementHandler } from './write/passing.commands.js';
import { ProposalDesk } from './write/proposal-desk.js';

const handlers = [
  drafting.DraftProposalHandler,
  drafting.ReviseDraftHandler,
  drafting.WelcomeCoAuthorHandler,
  drafting.WithdrawProposalHandler,
  drafting.PresentProposalHandler,
  clarifying.OpenClarifyingHandler,
  clarifying.AskClarificationHandler,
  clarifying.AnswerClarificationHandler,
  clarifying.OpenReactingHandler,
  clarifying.RecordReactionHandler,
  clarifying.CloseReactionsHandler,
  amending.AmendProposalHandler,
  amending.KeepVersionHandler,
  amending.ConfirmStillMeetsNeedHandler,
  rounds.OpenConsentRoundHandler,
  rounds.GiveConsentHandler,
  rounds.RaiseObjectionHandler,
  rounds.DisputeAnswerHandler,
  rounds.CloseConsentRoundHandler,
  objections.ProposeIntegrationHandler,
  objections.ConfirmResolvedHandler,
  objections.AdoptObjectionHandler,
  objectionTests.RequestObjectionTestHandler,
  objectionTests.JudgeObjectionHandler,
  objectionTests.CloseObjectionTestHandler,
  agreements.PutAgreementInForceHandler,
  AnnounceAgreementHandler,
  outcome.WriteLogEntryHandler,
  outcome.RecordEffectRefusedHandler,
];

/** What happens by itself when a decision is reached: handed to the policy runner by the application. */
export const decisionPolicies = [
  WhenDecisionReachedThenAgreementTakesEffect,
  WhenDecisionReachedThenApplyItsEffect,
  WhenDecisionReachedThenWriteLogEntry,
] as const;

/** The write side of decisions. The application provides Streams, Clock, and the standings of circles, communities and meetings. */
@Module({
  imports: [CqrsModule],
  providers: [...handlers, ...decisionPolicies, ProposalDesk, AgreementsNamed, Effects],
  exports: [...decisionPolicies],
})
export class DecisionsWriteModule {}
