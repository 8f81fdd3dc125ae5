import type { Policy } from '@app/event-store';
import type { EventCatalogue } from '@app/kernel';
import type { Projection } from '@app/read-store';
import type { Type } from '@nestjs/common';
import { IdentityModule } from '@app/identity';
import { circleEvents, communityEvents, circlePolicies, CirclesWriteModule } from '@app/circles';

/** What each context brings: its events, its read models, what happens by itself, and its Nest module. Contracts in `schema/` are made of it. */
export const catalogues: readonly EventCatalogue[] = [communityEvents, circleEvents];

export const projections: readonly Projection[] = [];

export const policies: readonly Type<Policy>[] = [...circlePolicies];

export const modules: readonly Type[] = [IdentityModule, CirclesWriteModule];
