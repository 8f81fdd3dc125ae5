import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Context, ServerOptions, SubscribePayload } from 'graphql-ws';
import { Failure, type GraphContext } from '@app/graph';
import { newId } from '@app/kernel';
import { localeOf } from '@app/wording';
import type { Actors } from '../actor.js';
import type { Config } from '../config.js';
import type { ErrorAnswers } from '../graphql/error-answers.js';
import { refuseCost, shapeLimits } from '../graphql/limits.js';

/** What the client says when it connects, in the place of headers that browsers cannot send here. */
interface Said {
  readonly authorization?: unknown;
  readonly 'x-community'?: unknown;
  readonly 'accept-language'?: unknown;
}

/** What came with the request that opened the socket. */
export interface Opened {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface LiveGraph {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly actors: Actors;
  readonly errors: ErrorAnswers;
}

const mostAtOnce = 100;
const wordsSaid = ['authorization', 'x-community', 'accept-language'] as const;

type Connection = Context<Said & Record<string, unknown>, Opened>;
type Hooks = ServerOptions<Said & Record<string, unknown>, Opened>;

/** Subscriptions, and nothing else, for those who are signed in. Documents are held to the limits of `/graphql`. */
export function liveOperations({ config, schema, actors, errors }: LiveGraph): Hooks {
  const told = (connection: Connection, found: readonly GraphQLError[]) => {
    const locale = localeOf(headersOf(connection)['accept-language']);
    return found.map((error) => errors.told(error, { locale, correlationId: newId() }));
  };
  return {
    schema,
    onConnect: async (connection) => (await contextOf(actors, connection)).account !== undefined,
    onSubscribe: async (connection, _id, { query, operationName, variables }) => {
      if (Object.keys(connection.subscriptions).length > mostAtOnce)
        return [new Failure('TOO_MANY_SUBSCRIPTIONS', { max: mostAtOnce })];
      const asked = { query, operationName, variables };
      const document = accepted(asked, { schema, config });
      if (!('kind' in document)) return document;
      const contextValue = await contextOf(actors, connection);
      return { schema, document, operationName, variableValues: variables, contextValue };
    },
    onError: (connection, _id, _payload, found) => told(connection, found),
    onNext: (connection, _id, _payload, _args, { data, errors: found }) =>
      found === undefined ? undefined : { data, errors: told(connection, found) },
  };
}

type Asked = Pick<SubscribePayload, 'query' | 'operationName' | 'variables'>;

/** The document, or why it is not served. */
function accepted(
  { query, operationName, variables }: Asked,
  { schema, config }: Pick<LiveGraph, 'schema' | 'config'>,
): DocumentNode | readonly GraphQLError[] {
  const document = read(query, config.MAX_QUERY_TOKENS);
  if (!('kind' in document)) return [coded(document, 'GRAPHQL_PARSE_FAILED')];
  const limits = { depth: config.MAX_QUERY_DEPTH, aliases: config.MAX_QUERY_ALIASES, cost: config.MAX_QUERY_COST };
  const wrong = validate(schema, document, [...specifiedRules, shapeLimits(limits)]);
  if (wrong.length > 0) return wrong.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
  const asked = getOperationAST(document, operationName);
  if (asked?.operation !== 'subscription') return [new Failure('SUBSCRIPTIONS_ONLY')];
  const { errors } = getVariableValues(schema, asked.variableDefinitions ?? [], variables ?? {});
  if (errors !== undefined) return errors.map((error) => coded(error, 'BAD_USER_INPUT'));
  try {
    refuseCost(schema, { document, operationName, variables }, limits.cost);
  } catch (error) {
    return [error as GraphQLError];
  }
  return document;
}

function read(query: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    return error as GraphQLError;
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  error.extensions['code'] ??= code;
  return error;
}

/** Who asks, as of now: their session or token may have ended since they connected. */
async function contextOf(actors: Actors, connection: Connection): Promise<GraphContext> {
  const context = await actors.contextOf({ headers: headersOf(connection), id: newId() });
  return { ...context, again: () => contextOf(actors, connection) };
}

function headersOf({ extra, connectionParams }: Connection): Opened['headers'] {
  const said = wordsSaid.flatMap((word) => {
    const value = connectionParams?.[word];
    return typeof value === 'string' ? [[word, value] as const] : [];
  });
  return { ...extra.headers, ...Object.fromEntries(said) };
}
