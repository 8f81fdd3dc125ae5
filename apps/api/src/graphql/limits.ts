import type { ApolloServerPlugin } from '@apollo/server';
import {
  type ASTVisitor,
  type DocumentNode,
  type GraphQLSchema,
  GraphQLError,
  type SelectionSetNode,
  type ValidationContext,
  Kind,
} from 'graphql';
import {
  type ComplexityEstimator,
  fieldExtensionsEstimator,
  getComplexity,
  simpleEstimator,
} from 'graphql-query-complexity';
import { defaultPage, largestPage } from '@app/graph';

export interface Limits {
  readonly depth: number;
  readonly aliases: number;
  readonly cost: number;
}

/** One operation, as a client asks for it. */
export interface Asked {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** A document that asks for too much: a validation error, with the limit it met. `limit` is its message's code. */
class LimitMet extends GraphQLError {
  constructor(limit: string, args: Record<string, number>) {
    const http = { status: 400 };
    super(limit, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit, ...args, http } });
  }
}

/** Bounds nesting and aliases. Runs with the other rules, once a document: Apollo keeps validated documents. */
export function shapeLimits({ depth, aliases }: Limits) {
  return (context: ValidationContext): ASTVisitor => {
    const deepest = depthOf(context);
    let named = 0;
    return {
      OperationDefinition: (operation) => {
        if (deepest(operation.selectionSet) > depth)
          context.reportError(new LimitMet('QUERY_TOO_DEEP', { max: depth }));
      },
      Field: (field) => {
        if (field.alias !== undefined) named += 1;
        if (named === aliases + 1) {
          named = Infinity;
          context.reportError(new LimitMet('TOO_MANY_ALIASES', { max: aliases }));
        }
      },
    };
  };
}

/** How deep a selection goes, each fragment measured once. Introspection has a depth of its own and is switched off elsewhere. */
function depthOf(context: ValidationContext): (set: SelectionSetNode) => number {
  const fragments = new Map<string, number>();
  const measure = (set: SelectionSetNode): number => Math.max(0, ...set.selections.map(selection));
  const selection = (node: SelectionSetNode['selections'][number]): number => {
    if (node.kind === Kind.FIELD) {
      if (node.name.value.startsWith('__')) return 1;
      return 1 + (node.selectionSet === undefined ? 0 : measure(node.selectionSet));
    }
    if (node.kind === Kind.INLINE_FRAGMENT) return measure(node.selectionSet);
    return fragment(node.name.value);
  };
  const fragment = (name: string): number => {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    fragments.set(name, 0); // a fragment in itself is another rule's to refuse
    const found = context.getFragment(name);
    const depth = found == null ? 0 : measure(found.selectionSet);
    fragments.set(name, depth);
    return depth;
  };
  return measure;
}

/** A page costs its rows: `first` times what stands in one, 20 where `first` is not given. */
const page: ComplexityEstimator = ({ args, field, childComplexity }) => {
  if (!field.args.some(({ name }) => name === 'first')) return undefined;
  const first = typeof args['first'] === 'number' ? args['first'] : defaultPage;
  return 1 + Math.min(Math.max(first, 1), largestPage) * childComplexity;
};
/** A field may say what it costs by itself (`complexity`). */
const estimators = [page, fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })];

/** Bounds cost before anything is executed. Computed once a document and per numbers and booleans in its variables. */
export function costLimit(max: number): ApolloServerPlugin {
  const known = new WeakMap<DocumentNode, Map<string, number>>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operationName, request }) {
          const variables = request.variables ?? {};
          const costs = known.get(document) ?? new Map<string, number>();
          if (costs.size === 0) known.set(document, costs);
          const key = keyOf(operationName, variables);
          const cost = costs.get(key) ?? costOf(schema, document, operationName, variables);
          if (cost === undefined) return;
          if (costs.size < 100) costs.set(key, cost);
          refuseCostlier(cost, max);
        },
      };
    },
  };
}

/** The same for an operation that is not Apollo's to execute. */
export function refuseCost(schema: GraphQLSchema, { document, operationName, variables }: Asked, max: number): void {
  const cost = costOf(schema, document, operationName ?? null, variables ?? {});
  if (cost !== undefined) refuseCostlier(cost, max);
}

function refuseCostlier(cost: number, max: number): void {
  if (cost > max) throw new LimitMet('QUERY_TOO_COSTLY', { cost, max });
}

/** Only numbers (sizes of pages) and booleans (`@include`) change a cost. */
function keyOf(operationName: string | null, variables: Readonly<Record<string, unknown>>): string {
  let key = operationName ?? '';
  for (const name in variables) {
    const value = variables[name];
    if (typeof value === 'number' || typeof value === 'boolean') key += ` ${name}=${value}`;
  }
  return key;
}

/** Undefined where the variables do not fit: execution says so, field by field. */
function costOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  operationName: string | null,
  variables: Record<string, unknown>,
): number | undefined {
  try {
    return getComplexity({
      schema,
      query,
      variables,
      estimators,
      ...(operationName === null ? {} : { operationName }),
    });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.startsWith('Query exceeds')) return Infinity;
    return undefined;
  }
}
