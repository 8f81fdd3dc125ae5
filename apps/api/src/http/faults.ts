import { HttpException } from '@nestjs/common';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { localeOf, say } from '@app/wording';

/** Our code for each of Fastify's that a client meets; each has its message in the catalogue of errors. */
const codes: Readonly<Record<string, string | undefined>> = {
  FST_ERR_BAD_URL: 'ADDRESS_UNREADABLE',
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
};

const longestPath = 100;

/** What a client is told; what is broken comes with the correlation id under which its cause was logged. */
export interface Told {
  readonly code: string;
  readonly message: string;
  readonly correlationId?: string;
}

/** That nothing answers this method at this address. */
export function unknownAddress({ method, url, headers }: FastifyRequest): Told {
  const path = pathIn(url).slice(0, longestPath);
  return {
    code: 'NO_SUCH_ADDRESS',
    message: say(localeOf(headers['accept-language']), 'NO_SUCH_ADDRESS', { method, path }),
  };
}

/** That something broke on our side. Whoever tells it logs the cause. */
export function broken({ id: correlationId, headers }: FastifyRequest): Told {
  const message = say(localeOf(headers['accept-language']), 'INTERNAL', { correlationId });
  return { code: 'INTERNAL', message, correlationId };
}

/**
 * Answers a request that went no further than HTTP: nothing at its address, a body that cannot be read, or something of ours that broke,
 * which is logged. In the reader's language; under `/graphql` in the form of GraphQL, elsewhere as `{ code, message }`.
 */
export function answerFault(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const status = statusOf(error);
  if (status >= 500) request.log.error({ err: error }, 'A request broke');
  const { message, ...extensions } = toldOf(error, status, request);
  const body = isGraphql(request) ? { errors: [{ message, extensions }] } : { ...extensions, message };
  void reply.status(status).type('application/json; charset=utf-8').send(body);
}

function toldOf(error: unknown, status: number, request: FastifyRequest): Told {
  if (status >= 500) return broken(request);
  if (status === 404) return unknownAddress(request);
  const cause = fastifyError(error);
  const code = codes[cause?.code ?? ''] ?? 'MALFORMED_REQUEST';
  const args = { max: request.server.initialConfig.bodyLimit, reason: cause?.message };
  return { code, message: say(localeOf(request.headers['accept-language']), code, args) };
}

/** Nest wraps what Fastify refuses. */
function fastifyError(error: unknown): FastifyError | undefined {
  const cause = error instanceof HttpException ? error.cause : error;
  return cause instanceof Error && cause.name === 'FastifyError' ? (cause as FastifyError) : undefined;
}

const statusOf = (error: unknown): number =>
  error instanceof HttpException ? error.getStatus() : (fastifyError(error)?.statusCode ?? 500);

const isGraphql = ({ url }: FastifyRequest): boolean => pathIn(url) === '/graphql';

const pathIn = (url: string): string => url.split('?', 1)[0] ?? '';
