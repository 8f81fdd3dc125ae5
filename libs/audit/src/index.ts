export { AuditModule, auditProjections } from './audit.module.js';
export { AuditEntryView } from './graphql/audit.types.js';
