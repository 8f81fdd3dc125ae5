import {
  type CompiledQuery,
  ColumnNode,
  type Dialect,
  HandleEmptyInListsPlugin,
  IdentifierNode,
  Kysely,
  type OperationNode,
  type OrderByItemNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  RawNode,
  ReferenceNode,
  replaceWithNoncontingentExpression,
  WithSchemaPlugin,
} from 'kysely';
import type { Model } from '../model.js';
import { readingDriver, writtenByProjections } from './reading.driver.js';

/** Stands for the schema of the live tables while a query is built: queries are kept longer than tables are. */
const LIVE = '<live>';

/** The query as it reads the tables of one schema. */
export const inSchema = (sql: string, schema: string): string => sql.replaceAll(`"${LIVE}".`, `"${schema}".`);

/** A query builder for PostgreSQL that answers as SQLite does: rows without a value come first, a list of nothing matches nothing. */
export function readingKysely(model: Model, run: (sql: string, parameters: unknown[]) => Promise<unknown[]>) {
  const nullable = new Set(
    model.tables.flatMap(({ columns }) => Object.keys(columns).filter((name) => columns[name]!.nullable)),
  );
  if (model.tables.some(({ temporal }) => temporal)) nullable.add('toPosition');
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () =>
      readingDriver(async ({ sql, parameters, query }) => {
        if (!reads(query, sql)) throw writtenByProjections();
        return run(sql, [...parameters]);
      }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new NullsFirst(nullable),
  };
  return new Kysely<unknown>({
    dialect,
    plugins: [
      new WithSchemaPlugin(LIVE),
      new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
    ],
  });
}

const reads = (query: CompiledQuery['query'], sql: string): boolean =>
  query.kind === 'SelectQueryNode' || (RawNode.is(query) && /^\s*select\b/i.test(sql));

/** Says where nulls go, for the columns that may be null: of the others, indexes would not serve any more. */
class NullsFirst extends PostgresQueryCompiler {
  constructor(private readonly nullable: ReadonlySet<string>) {
    super();
  }

  protected override visitOrderByItem(node: OrderByItemNode): void {
    super.visitOrderByItem(node);
    const column = columnOf(node.orderBy);
    if (node.nulls !== undefined || column === undefined || !this.nullable.has(column)) return;
    const { direction } = node;
    const descends = direction !== undefined && RawNode.is(direction) && direction.sqlFragments[0] === 'desc';
    this.append(descends ? ' nulls last' : ' nulls first');
  }
}

function columnOf(node: OperationNode): string | undefined {
  if (ReferenceNode.is(node)) return columnOf(node.column);
  if (ColumnNode.is(node)) return node.column.name;
  return IdentifierNode.is(node) ? node.name : undefined;
}
