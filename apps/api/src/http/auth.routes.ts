import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '@app/identity';
import { type Arguments, type Locale, localeOf, say } from '@app/wording';
import { localeIn, requestFault } from './request-faults.js';

/**
 * Serves `/api/auth/*` past Nest. The body goes through as it came. The client's address bounds the tries to sign in: it is the socket's, or
 * what a trusted proxy says, never what anybody else says.
 */
export function serveAuth(server: FastifyInstance, identity: Identity, baseUrl: string): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      handler: async (request, reply) => {
        if (isHalf(request.body))
          return reply.status(400).send(requestFault(localeIn(request.headers), 400, 'Invalid JSON'));
        return answer(reply, await identity.handler(asFetch(request, baseUrl), request.ip));
      },
    });
  });
}

/** A body that cannot be read. The library answers to it as to a fault of its own. */
function isHalf(body: unknown): boolean {
  if (!Buffer.isBuffer(body) || body.length === 0) return false;
  try {
    JSON.parse(body.toString('utf8'));
    return false;
  } catch {
    return true;
  }
}

function asFetch({ method, url, headers, body }: FastifyRequest, baseUrl: string): Request {
  const sent = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const one of [value ?? []].flat()) if (!name.startsWith(':')) sent.append(name, one);
  const content = Buffer.isBuffer(body) && body.length > 0 ? { body: new Uint8Array(body) } : {};
  return new Request(new URL(url, baseUrl), { method, headers: sent, ...content });
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  const { status } = response;
  reply.status(status);
  for (const [name, value] of response.headers)
    if (name !== 'set-cookie' && name !== 'content-length') reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  if (status >= 400) {
    const refusal = told(await response.text(), status, localeOf(reply.request.headers['accept-language']));
    return reply.type('application/json; charset=utf-8').send(refusal);
  }
  return reply.send(Buffer.from(await response.arrayBuffer()));
}

/** Why not, in the reader's language. A code that has no message of ours keeps its own words, in a sentence of ours. */
function told(body: string, status: number, locale: Locale): object {
  const given = status === 429 ? { ...refusalIn(body), code: 'TOO_MANY_TRIES' } : refusalIn(body);
  if (typeof given.code !== 'string' || given.code === 'BAD_REQUEST')
    return requestFault(locale, status, String(given.message ?? status)) ?? given;
  const message = say(locale, given.code, given.details as Arguments);
  if (message !== given.code) return { ...given, message };
  return { ...given, message: say(locale, 'REQUEST_REFUSED', { reason: String(given.message ?? given.code) }) };
}

function refusalIn(body: string): Readonly<Record<'code' | 'message' | 'details', unknown>> {
  try {
    return Object(JSON.parse(body)) as ReturnType<typeof refusalIn>;
  } catch {
    return { code: undefined, message: undefined, details: undefined }; // an answer without a body, as 404
  }
}
