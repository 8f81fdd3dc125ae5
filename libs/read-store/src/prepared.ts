import type { CompiledQuery, Kysely } from 'kysely';

class Placeholder {
  constructor(readonly name: string) {}
}

/** Stands for a parameter while the query is built; typed as the value that will take its place. */
export type Parameter<P> = <N extends keyof P & string>(name: N) => P[N];

/** A query built and compiled once, run many times with other parameters. */
export interface Prepared<P, R> {
  run(parameters: P): Promise<R[]>;
}

/**
 * Compiles a query at its first run. `build` uses `param('name')` wherever a value changes; a list that changes its length cannot be
 * a parameter.
 */
export function prepared<T, P, R>(
  db: Kysely<T>,
  build: (db: Kysely<T>, param: Parameter<P>) => { compile(): CompiledQuery<R> },
): Prepared<P, R> {
  const param: Parameter<P> = (name) => new Placeholder(name) as never;
  let compiled: CompiledQuery<R> | undefined;
  return {
    async run(values) {
      compiled ??= build(db, param).compile();
      const parameters = compiled.parameters.map((it) => (it instanceof Placeholder ? values[it.name as keyof P] : it));
      return (await db.executeQuery<R>({ ...compiled, parameters })).rows;
    },
  };
}

/** Rows that hang on many ids. */
export type ByIds<R> = (ids: readonly string[]) => Promise<R[]>;
export type QueryByIds<T, R> = (
  db: Kysely<T>,
  ids: readonly string[],
) => { compile(): CompiledQuery<R>; execute(): Promise<R[]> };

/** A query by ids. About one id, which is what most requests ask, it is compiled once; about many, each time. */
export function preparedByIds<T, R>(db: Kysely<T>, build: QueryByIds<T, R>): ByIds<R> {
  const one = prepared<T, { id: string }, R>(db, (it, param) => build(it, [param('id')]));
  return (ids) => (ids.length === 1 ? one.run({ id: ids[0]! }) : build(db, ids).execute());
}
