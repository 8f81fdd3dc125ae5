import { idOf, type Meta } from '@app/kernel';
import { type Projection, projection, type Rows } from '@app/read-store';
import type { AgreementEvent, LogbookEvent } from '../domain/agreement.events.js';
import { turnsOf } from '../domain/agreement-time.js';
import { agreementTable, agreementVersionTable, logEntryTable } from './agreement.tables.js';

type Terms = Extract<AgreementEvent, { type: 'AgreementTookEffect' | 'AgreementRenewed' | 'AgreementAmended' }>['data'];

/** What was consented to last. */
function saidIn({ proposalId, version, content, concerns, ...dates }: Terms) {
  const { title, text, need, example, measures, responsible, domainItemId, resources, effect } = content;
  const { decidedOn, effectiveFrom, reviewOn, expiresOn, onMissedReview, calendar } = dates;
  const { overdueOn, lapsesOn } = calendar ?? turnsOf({ reviewOn, expiresOn, onMissedReview });
  return {
    ...{ proposalId, version, concerns, title, text, need, example, measures, resources: resources ?? null },
    ...{ effect: effect ?? null, responsible: responsible ?? null, domainItemId: domainItemId ?? null },
    ...{ decidedOn, effectiveFrom, reviewOn, expiresOn: expiresOn ?? null, onMissedReview },
    ...{ zone: calendar?.zone ?? 'UTC', overdueOn, lapsesOn: lapsesOn ?? null },
  };
}

/** Agreements as they read now. */
export const agreements: Projection = projection<AgreementEvent>({
  name: 'agreements',
  version: 2,
  tables: [agreementTable],
  on: {
    AgreementTookEffect: ({ data, position }, rows) => {
      const { agreementId, circleId, communityId, content } = data;
      const supersedes = content.agreement?.agreementId ?? null;
      const going = { supersedes, supersededBy: null, endedOn: null, endedBy: null };
      rows.put(agreementTable, {
        ...{ agreementId, circleId, communityId, state: 'InForce', ...going, position },
        ...saidIn(data),
      });
    },
    AgreementRenewed: ({ data, stream }, rows) =>
      rows.patch(agreementTable, { agreementId: idOf(stream) }, saidIn(data)),
    AgreementAmended: ({ data, stream }, rows) =>
      rows.patch(agreementTable, { agreementId: idOf(stream) }, saidIn(data)),
    AgreementRepealed: ({ data: { effectiveOn, proposalId }, stream }, rows) => {
      const ended = { state: 'Repealed', endedOn: effectiveOn, endedBy: proposalId };
      rows.patch(agreementTable, { agreementId: idOf(stream) }, ended);
    },
    AgreementSuperseded: ({ data: { effectiveOn, proposalId, supersededBy }, stream }, rows) => {
      const ended = { state: 'Superseded', endedOn: effectiveOn, endedBy: proposalId, supersededBy };
      rows.patch(agreementTable, { agreementId: idOf(stream) }, ended);
    },
  },
});

function version({ data, stream, meta }: { data: Terms; stream: string; meta: Meta }, rows: Rows, how: string): void {
  const { title, text, measures, responsible = null } = data.content;
  const { proposalId, concerns, decidedOn, effectiveFrom, reviewOn, expiresOn = null, onMissedReview } = data;
  rows.put(agreementVersionTable, {
    ...{ agreementId: idOf(stream), version: data.version, how, proposalId, circleId: meta.circle ?? '' },
    ...{ title, text, measures, responsible, concerns },
    ...{ decidedOn, effectiveFrom, reviewOn, expiresOn, onMissedReview },
  });
}

/** Every version of every agreement. */
export const agreementVersions: Projection = projection<AgreementEvent>({
  name: 'agreement_versions',
  version: 1,
  tables: [agreementVersionTable],
  on: {
    AgreementTookEffect: (fact, rows) => version(fact, rows, 'tookEffect'),
    AgreementRenewed: (fact, rows) => version(fact, rows, 'renewed'),
    AgreementAmended: (fact, rows) => version(fact, rows, 'amended'),
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
