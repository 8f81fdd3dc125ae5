import { categoryOf, type EventCatalogue, type Recorded } from '@app/kernel';
import { type Projection, type Rows } from '@app/read-store';
import { auditTable, type Particulars } from './audit.tables.js';

interface FieldSchema {
  readonly type?: string;
  readonly items?: { readonly type?: string };
  readonly 'x-key'?: unknown;
  readonly 'x-sealed'?: boolean;
}

/** The fields of an event type that an entry may show: whole values that nobody wrote and nobody sealed. */
function shown(schema: unknown): readonly string[] {
  const { properties = {} } = schema as { properties?: Record<string, FieldSchema> };
  return Object.entries(properties)
    .filter(([, field]) => field['x-key'] === undefined && field['x-sealed'] !== true)
    .filter(
      ([, { type, items }]) =>
        type !== 'object' && type !== undefined && (type !== 'array' || items?.type === 'string'),
    )
    .map(([name]) => name);
}

/**
 * The audit trail: every event of every catalogue, one row each. It keeps ids and dates, so that a forgotten person leaves nothing to
 * blank here; names join when it is read.
 */
export function auditTrail(catalogues: readonly EventCatalogue[]): Projection {
  const fields = new Map<string, readonly string[]>();
  for (const { category, types } of catalogues)
    for (const [type, { data }] of Object.entries(types)) fields.set(`${category}/${type}`, shown(data));
  const write = (fact: Recorded, rows: Rows): void => rows.put(auditTable, rowOf(fact, fields));
  const types = new Set(catalogues.flatMap((catalogue) => Object.keys(catalogue.types)));
  return {
    name: 'audit',
    version: 1,
    tables: [auditTable],
    on: Object.fromEntries([...types].map((type) => [type, write])),
  };
}

function rowOf(
  { id, stream, revision, position, type, data, meta }: Recorded,
  fields: ReadonlyMap<string, readonly string[]>,
) {
  const category = categoryOf(stream);
  const names = fields.get(`${category}/${type}`) ?? [];
  const given = data as Record<string, Particulars[string] | null | undefined>;
  const particulars: Record<string, Particulars[string]> = {};
  for (const name of names) {
    const value = given[name];
    if (value !== undefined && value !== null) particulars[name] = value;
  }
  return {
    position,
    eventId: id,
    communityId: meta.community,
    circleId: meta.circle ?? null,
    category,
    type,
    stream,
    revision,
    actor: meta.actor,
    office: meta.office ?? null,
    command: meta.command,
    occurredAt: meta.occurredAt,
    recordedAt: meta.recordedAt,
    causeId: meta.$causationId ?? null,
    correlationId: meta.$correlationId,
    particulars,
  };
}
