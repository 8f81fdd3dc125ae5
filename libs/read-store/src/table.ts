/** The kinds of column every engine has. `json` and `bool` are turned into values and back by the read store. */
export type ColumnKind = 'text' | 'int' | 'bool' | 'json';

export interface Column<T = unknown> {
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  /** The column of the same row that holds the member whose key covers this text: blanked when that member is forgotten. */
  readonly personalOf?: string;
  readonly _type?: T;
}

const column = <T>(kind: ColumnKind, nullable: boolean, personalOf?: string): Column<T> => ({
  kind,
  nullable,
  ...(personalOf === undefined ? {} : { personalOf }),
});

export const text = (): Column<string> => column('text', false);
export const maybeText = (): Column<string | null> => column('text', true);
export const int = (): Column<number> => column('int', false);
export const maybeInt = (): Column<number | null> => column('int', true);
export const bool = (): Column<boolean> => column('bool', false);
export const json = <T>(): Column<T> => column('json', false);
export const maybeJson = <T>(): Column<T | null> => column('json', true);
/** What a person wrote: null once they are forgotten. `of` names the column that holds their member id. */
export const personal = (of: string): Column<string | null> => column('text', true, of);

export type Columns = Readonly<Record<string, Column>>;

/** A table of a read model. `temporal` keeps every past version: its rows also have `fromPosition` and `toPosition` (null while current). */
export interface Table<N extends string = string, C extends Columns = Columns> {
  readonly name: N;
  readonly columns: C;
  readonly key: readonly string[];
  readonly temporal: boolean;
  readonly indexes: readonly (readonly string[])[];
  /** The column that says whose a row is: the row is gone when they are forgotten. A row where it is null is nobody's. */
  readonly goneWith?: string;
}

/** Declares a table. Columns are camelCase, key columns are text or int; a column name has one kind everywhere. */
export function table<const N extends string, C extends Columns>(
  name: N,
  columns: C,
  options: {
    key: readonly (keyof C & string)[];
    temporal?: boolean;
    indexes?: readonly (readonly (keyof C & string)[])[];
    goneWith?: keyof C & string;
  },
): Table<N, C> {
  const { key, temporal = false, indexes = [], goneWith } = options;
  return { name, columns, key, temporal, indexes, ...(goneWith === undefined ? {} : { goneWith }) };
}

type Value<C> = C extends Column<infer T> ? T : never;
/** A row of a table as the domain's read side sees it. */
export type RowOf<T> = T extends Table<string, infer C> ? { [K in keyof C]: Value<C[K]> } : never;
/** A row of a temporal table with its validity: positions of the log, `toPosition` null while it is current. */
export type VersionOf<T> = RowOf<T> & { fromPosition: string; toPosition: string | null };
/** The tables as a query builder wants them: `store.db<DatabaseOf<typeof circle | typeof member>>()`. */
export type DatabaseOf<T extends Table> = { [X in T as X['name']]: RowOf<X> };
