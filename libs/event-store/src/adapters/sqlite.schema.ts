export const APPLICATION = 'ronde-log';
export const FORMAT = 1;

/**
 * The log's tables, by name. Streams have numbers, given in the order of their birth: the index stays small, and streams that are
 * alive together stand together in it, so that a commit writes few pages. The rest is kept by triggers: an event comes at the next
 * position of the log and the next revision of its stream, and is never changed or removed. `insert or replace` cannot pass either,
 * for its row would stand at a place already taken. Written as SQLite keeps them, so that they are compared word for word at open.
 */
export const SCHEMA: Readonly<Record<string, string>> = {
  header: `CREATE TABLE header (application text not null, format integer not null) strict`,
  streams: `CREATE TABLE streams (number integer primary key, name text not null unique) strict`,
  events: `CREATE TABLE events (
  position integer primary key autoincrement,
  stream integer not null references streams (number),
  revision integer not null,
  id text not null,
  type text not null,
  data text not null,
  meta text not null,
  unique (stream, revision)
) strict`,
  events_come_next: `CREATE TRIGGER events_come_next before insert on events
when new.position is not (select coalesce(max(position), 0) + 1 from events)
  or new.revision is not (select coalesce(max(revision), -1) + 1 from events where stream = new.stream)
begin select raise(abort, 'an event comes next in its stream and in the log'); end`,
  streams_come_next: `CREATE TRIGGER streams_come_next before insert on streams
when new.number is not (select coalesce(max(number), 0) + 1 from streams)
  or exists (select 1 from streams where name = new.name)
begin select raise(abort, 'a stream is named once'); end`,
  header_is_alone: `CREATE TRIGGER header_is_alone before insert on header when exists (select 1 from header)
begin select raise(abort, 'the header is written once'); end`,
  ...fixed('header'),
  ...fixed('streams'),
  ...fixed('events'),
};

function fixed(table: string): Record<string, string> {
  const refusal = (act: string): string => `begin select raise(abort, 'nothing in ${table} is ever ${act}'); end`;
  return {
    [`${table}_stay`]: `CREATE TRIGGER ${table}_stay before update on ${table}\n${refusal('changed')}`,
    [`${table}_remain`]: `CREATE TRIGGER ${table}_remain before delete on ${table}\n${refusal('removed')}`,
  };
}
