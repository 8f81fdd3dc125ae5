import type { EventCatalogue } from '@app/kernel';
import { Moments, type Projection } from '@app/read-store';
import { Global, Module } from '@nestjs/common';
import { AuditResolver } from './graphql/audit.resolver.js';
import { VerificationResolver } from './graphql/verification.resolver.js';
import { auditTrail } from './read/audit.projection.js';
import { AuditMoments, AuditQueries } from './read/audit.query.js';

/** The trail follows every catalogue that the application knows. */
export const auditProjections = (catalogues: readonly EventCatalogue[]): readonly Projection[] => [
  auditTrail(catalogues),
];

/** The audit trail, and from it the place in the log of any past moment. */
@Global()
@Module({
  providers: [AuditQueries, { provide: Moments, useClass: AuditMoments }, AuditResolver, VerificationResolver],
  exports: [Moments],
})
export class AuditModule {}
