import { Access } from '@app/graph';
import { Module } from '@nestjs/common';
import { CirclesWriteModule } from './circles-write.module.js';
import { circleEvents } from './domain/circle.events.js';
import { communityEvents } from './domain/community.events.js';
import { CircleAccess } from './graphql/circle-access.js';
import { CircleFieldsResolver } from './graphql/circle-fields.resolver.js';
import { CircleMutationsResolver } from './graphql/circle-mutations.resolver.js';
import { OrganisationResolver } from './graphql/circle.resolver.js';
import { CommunityMutationsResolver } from './graphql/community-mutations.resolver.js';
import { circles, communities } from './read/circles.projection.js';
import { CircleQueries } from './read/circles.query.js';

export const circlesCatalogues = [communityEvents, circleEvents] as const;
export const circlesProjections = [communities, circles] as const;

/** Communities and circles whole: what is written, what is read, what is shown. Provides `Access` to everybody. */
@Module({
  imports: [CirclesWriteModule],
  providers: [
    CircleQueries,
    { provide: Access, useClass: CircleAccess },
    OrganisationResolver,
    CircleFieldsResolver,
    CircleMutationsResolver,
    CommunityMutationsResolver,
  ],
  exports: [CirclesWriteModule, CircleQueries, Access],
})
export class CirclesModule {}
