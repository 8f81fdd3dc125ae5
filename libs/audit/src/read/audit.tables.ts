import { int, json, maybeText, type RowOf, table, text } from '@app/read-store';

/** What an entry may tell in words besides who and when: ids, numbers and dates of the event, never what a person wrote. */
export type Particulars = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One row an event: who, in what office, when, what, caused by what. */
export const auditTable = table(
  'audit_entry',
  {
    position: text(),
    eventId: text(),
    communityId: text(),
    circleId: maybeText(),
    category: text(),
    type: text(),
    stream: text(),
    revision: int(),
    actor: text(),
    office: maybeText(),
    command: text(),
    occurredAt: text(),
    recordedAt: text(),
    causeId: maybeText(),
    correlationId: text(),
    particulars: json<Particulars>(),
  },
  {
    key: ['position'],
    indexes: [['circleId', 'position'], ['communityId', 'recordedAt'], ['eventId'], ['communityId', 'position']],
  },
);
export type AuditRow = RowOf<typeof auditTable>;
