import { ddl } from './ddl.js';
import { bool, json, maybeInt, personal, table, text } from './table.js';

it('the tables are written in the order of their names, versions and marks included', () => {
  const word = table(
    'word',
    { wordId: text(), by: text(), said: personal('by') },
    { key: ['wordId'], temporal: true, indexes: [['by']] },
  );
  const note = table(
    'note',
    { noteId: text(), open: bool(), tags: json<string[]>(), rank: maybeInt() },
    { key: ['noteId'] },
  );
  expect(ddl([word, note])).toBe(`create table "checkpoint" (
  "projection" text not null primary key,
  "version" integer not null,
  "position" text not null,
  "previous" text not null,
  "eventId" text not null
) strict;

create table "forgotten" (
  "memberId" text not null primary key
) strict;

create table "note" (
  "noteId" text not null,
  "open" integer /* bool */ not null,
  "tags" text /* json */ not null,
  "rank" integer,
  primary key ("noteId")
) strict, without rowid;

create table "word" (
  "wordId" text not null,
  "by" text not null,
  "said" text /* personal of by */,
  "fromPosition" text not null,
  "toPosition" text,
  primary key ("wordId", "fromPosition")
) strict;

create unique index "word_current" on "word" ("wordId") where "toPosition" is null;

create index "word_by" on "word" ("by");
`);
});
