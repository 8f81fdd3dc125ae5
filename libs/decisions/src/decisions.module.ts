import { Module } from '@nestjs/common';
import { DecisionsWriteModule } from './decisions-write.module.js';
import { agreementEvents, logbookEvents } from './domain/agreement.events.js';
import { proposalEvents } from './domain/proposal.events.js';
import * as agreementChange from './graphql/agreement-change.resolver.js';
import * as agreementLife from './graphql/agreement-life.resolver.js';
import * as agreementFields from './graphql/agreement.resolver.js';
import { ObjectionTestResolver } from './graphql/objection-test.resolver.js';
import { DecidingResolver } from './graphql/deciding.resolver.js';
import { DecisionsReader } from './graphql/decisions.reader.js';
import { DraftingResolver } from './graphql/drafting.resolver.js';
import { ProposalResolver } from './graphql/proposal.resolver.js';
import * as roundFields from './graphql/round.resolver.js';
import * as voiceFields from './graphql/voices.resolver.js';
import { AgreementDeadlines } from './policies/agreement.deadlines.js';
import { agreementMoments, agreementTurns } from './read/agreement-life.projection.js';
import { AgreementLifeQueries } from './read/agreement-life.query.js';
import { agreements, agreementVersions, logEntries } from './read/agreements.projection.js';
import { AgreementQueries } from './read/agreements.query.js';
import { objections } from './read/objections.projection.js';
import { proposals, voices } from './read/proposals.projection.js';
import { ProposalQueries } from './read/proposals.query.js';
import { rounds } from './read/rounds.projection.js';
import { waiting } from './read/waiting.projection.js';

export const decisionsCatalogues = [proposalEvents, agreementEvents, logbookEvents] as const;
export const decisionsProjections = [
  proposals,
  voices,
  rounds,
  objections,
  agreements,
  agreementVersions,
  agreementTurns,
  agreementMoments,
  logEntries,
  waiting,
] as const;

/** What falls due: handed to the scheduler by the application. */
export const decisionDeadlines = [AgreementDeadlines] as const;

/** Every resolver of decisions. */
export const decisionsResolvers = [
  ProposalResolver,
  DraftingResolver,
  DecidingResolver,
  ObjectionTestResolver,
  ...Object.values(voiceFields),
  ...Object.values(roundFields),
  ...Object.values(agreementChange),
  ...Object.values(agreementLife),
  agreementFields.AgreementResolver,
  agreementFields.LogEntryResolver,
  agreementFields.WaitingDecisionsResolver,
  agreementFields.WaitingDecisionResolver,
] as const;

/** Proposals, agreements and logbooks whole: what is written, what is read, what is shown. */
@Module({
  imports: [DecisionsWriteModule],
  providers: [
    ...[ProposalQueries, AgreementQueries, AgreementLifeQueries, DecisionsReader],
    ...decisionDeadlines,
    ...decisionsResolvers,
  ],
  exports: [DecisionsWriteModule, DecisionsReader, AgreementQueries, AgreementLifeQueries, ...decisionDeadlines],
})
export class DecisionsModule {}
