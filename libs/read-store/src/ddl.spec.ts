import { ddl } from './ddl.js';
import { bool, json, maybeInt, maybeText, personal, table, text } from './table.js';

describe('the tables', () => {
  const word = table(
    'word',
    { wordId: text(), by: text(), said: personal('by') },
    { key: ['wordId'], temporal: true, indexes: [['by']] },
  );
  const note = table(
    'note',
    { noteId: text(), open: bool(), tags: json<string[]>(), rank: maybeInt(), by: maybeText() },
    { key: ['noteId'], indexes: [['rank']], goneWith: 'by' },
  );
  it('are written in the order of their names, versions and marks included', () =>
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
  "by" text /* gone with them */,
  primary key ("noteId")
) strict, without rowid;

create index "note_rank" on "note" ("rank");

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
`));

  it('are the same in the words of PostgreSQL, beside what says which of them is live', () => {
    const written = ddl([word, note], 'postgres');
    expect(written).toMatch(/^create table if not exists "generation"/);
    expect(written).toMatch(
      `create table "note" (
  "noteId" text collate "C" not null,
  "open" boolean not null,
  "tags" json not null,
  "rank" bigint,
  "by" text collate "C" /* gone with them */,
  primary key ("noteId")
);

create index "note_rank" on "note" ("rank" nulls first);

create table "word" (
  "wordId" text collate "C" not null,
  "by" text collate "C" not null,
  "said" text collate "C" /* personal of by */,
  "fromPosition" text collate "C" not null,
  "toPosition" text collate "C",
  primary key ("wordId", "fromPosition")
);

create unique index "word_current" on "word" ("wordId") where "toPosition" is null;

create index "word_by" on "word" ("by");
`,
    );
  });
});
