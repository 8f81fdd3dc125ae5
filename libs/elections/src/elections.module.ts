import { Module } from '@nestjs/common';
import { electionEvents } from './domain/election.events.js';
import { ElectionsWriteModule } from './elections-write.module.js';
import { ElectionAnswering } from './graphql/election-answering.js';
import { ElectionRoundMutationsResolver } from './graphql/election-round-mutations.resolver.js';
import { ElectionObjectionResolver, ElectionResolver, ElectionRoundResolver } from './graphql/election.resolver.js';
import { ElectionsShown } from './graphql/elections-shown.js';
import { NominatingMutationsResolver } from './graphql/nominating-mutations.resolver.js';
import { electionRoundsProjection } from './read/election-rounds.projection.js';
import { electionsProjection } from './read/elections.projection.js';
import { ElectionQueries } from './read/elections.query.js';
import { waitingElectionsProjection } from './read/waiting.projection.js';

export const electionsCatalogues = [electionEvents] as const;
export const electionsProjections = [
  electionsProjection,
  electionRoundsProjection,
  waitingElectionsProjection,
] as const;

/** Elections whole: what is written, what is read, what is shown. */
@Module({
  imports: [ElectionsWriteModule],
  providers: [
    ElectionQueries,
    ElectionsShown,
    ElectionAnswering,
    ElectionResolver,
    ElectionObjectionResolver,
    ElectionRoundResolver,
    NominatingMutationsResolver,
    ElectionRoundMutationsResolver,
  ],
  exports: [ElectionsWriteModule, ElectionQueries, ElectionsShown],
})
export class ElectionsModule {}
