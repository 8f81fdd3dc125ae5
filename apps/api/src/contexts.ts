import { AuditModule, auditProjections } from '@app/audit';
import { circlePolicies, circlesCatalogues, CirclesModule, circlesProjections } from '@app/circles';
import {
  decisionDeadlines,
  decisionPolicies,
  decisionsCatalogues,
  DecisionsModule,
  decisionsProjections,
} from '@app/decisions';
import { electionPolicies, electionsCatalogues, ElectionsModule, electionsProjections } from '@app/elections';
import { type Deadlines, ledgerEvents, type Policy } from '@app/event-store';
import { IdentityModule } from '@app/identity';
import type { EventCatalogue } from '@app/kernel';
import { meetingsCatalogues, MeetingsModule, meetingsProjections } from '@app/meetings';
import type { Projection } from '@app/read-store';
import type { Type } from '@nestjs/common';

/** Every event there is. `schema/events.json` is made of it. */
export const catalogues: readonly EventCatalogue[] = [
  ...circlesCatalogues,
  ...meetingsCatalogues,
  ...decisionsCatalogues,
  ...electionsCatalogues,
  ledgerEvents,
];

/** Every read model. `schema/read-models.sql` and `schema/read-models.postgres.sql` are made of it. */
export const projections: readonly Projection[] = [
  ...circlesProjections,
  ...meetingsProjections,
  ...decisionsProjections,
  ...electionsProjections,
  ...auditProjections(catalogues),
];

/** What happens by itself. */
export const policies: readonly Type<Policy>[] = [...circlePolicies, ...decisionPolicies, ...electionPolicies];

/** What falls due. */
export const deadlines: readonly Type<Deadlines>[] = [...decisionDeadlines];

export const modules: readonly Type[] = [
  IdentityModule,
  CirclesModule,
  MeetingsModule,
  DecisionsModule,
  ElectionsModule,
  AuditModule,
];
