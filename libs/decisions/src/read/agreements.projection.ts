import { type Projection, projection } from '@app/read-store';
import type { AgreementEvent, LogbookEvent } from '../domain/agreement.events.js';
import { agreementTable, logEntryTable } from './agreement.tables.js';

/** Decisions in force. */
export const agreements: Projection = projection<AgreementEvent>({
  name: 'agreements',
  version: 1,
  tables: [agreementTable],
  on: {
    AgreementTookEffect: ({ data, position }, rows) => {
      const { agreementId, circleId, communityId, proposalId, version, content, concerns } = data;
      const { title, text, need, example, measures, responsible, domainItemId, resources, effect } = content;
      const { decidedOn, effectiveFrom, reviewOn, expiresOn, onMissedReview } = data;
      rows.put(agreementTable, {
        ...{ agreementId, circleId, communityId, proposalId, version, state: 'InForce', concerns, position },
        ...{ title, text, need, example, measures, resources: resources ?? null, effect: effect ?? null },
        ...{ responsible: responsible ?? null, domainItemId: domainItemId ?? null },
        ...{ decidedOn, effectiveFrom, reviewOn, expiresOn: expiresOn ?? null, onMissedReview },
      });
    },
  },
});

/** The logbook of every circle. */
export const logEntries: Projection = projection<LogbookEvent>({
  name: 'log_entries',
  version: 1,
  tables: [logEntryTable],
  on: {
    LogEntryWritten: ({ data, meta }, rows) => {
      const { circleId, communityId, year, number, subject, agreementId, date } = data;
      const about = { subjectKind: subject.kind, subjectId: subject.id, agreementId: agreementId ?? null };
      rows.put(logEntryTable, { circleId, year, number, communityId, ...about, date, writtenAt: meta.recordedAt });
    },
  },
});
