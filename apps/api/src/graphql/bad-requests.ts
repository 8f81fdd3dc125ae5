import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { type Locale, localeOf, say } from '@app/wording';

/** How Apollo's message begins, and our code, for what has a message of its own. */
const known: readonly (readonly [string, string])[] = [
  ['Operation batching disabled', 'BATCHING_REFUSED'],
  ['POST body missing', 'QUERY_MISSING'],
  ['GraphQL operations must contain a non-empty `query`', 'QUERY_MISSING'],
  ['This operation has been blocked as a potential Cross-Site Request Forgery', 'CROSS_SITE_REFUSED'],
];

/**
 * Tells in the reader's language what Apollo refuses before it knows who reads: requests that are not GraphQL over HTTP, its
 * `BAD_REQUEST`. Everything later is ErrorAnswers'. To be called before the route is there.
 */
export function tellBadRequests(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (route.url === '/graphql') route.onSend = retell;
  });
}

function retell(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  const refused = reply.statusCode >= 400 && typeof payload === 'string';
  done(null, refused ? retold(payload, localeOf(request.headers['accept-language'])) : payload);
}

function retold(payload: string, locale: Locale): string {
  const { errors, ...rest } = JSON.parse(payload) as { errors: readonly GraphQLFormattedError[] };
  return `${JSON.stringify({ errors: errors.map((error) => inWords(error, locale)), ...rest })}\n`;
}

function inWords(error: GraphQLFormattedError, locale: Locale): GraphQLFormattedError {
  if (error.extensions?.['code'] !== 'BAD_REQUEST') return error;
  const [, code] = known.find(([beginning]) => error.message.startsWith(beginning)) ?? [];
  if (code !== undefined) return { message: say(locale, code), extensions: { code } };
  return { ...error, message: say(locale, 'NOT_GRAPHQL', { reason: error.message }) };
}
