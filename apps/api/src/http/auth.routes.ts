import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '@app/identity';
import { type Arguments, type Locale, localeOf, say } from '@app/wording';

/**
 * Serves `/api/auth/*` past Nest. The body goes through as it came; the client's address is the socket's, never a header's, because it
 * bounds the tries to sign in.
 */
export function serveAuth(server: FastifyInstance, identity: Identity, baseUrl: string): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      handler: async (request, reply) =>
        answer(reply, await identity.handler(asFetch(request, baseUrl), request.socket.remoteAddress ?? 'unknown')),
    });
  });
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

/** Why not, in the reader's language; codes that have no message of ours keep theirs. */
function told(body: string, status: number, locale: Locale): object {
  const given = status === 429 ? { ...refusalIn(body), code: 'TOO_MANY_TRIES' } : refusalIn(body);
  const code = typeof given.code === 'string' ? given.code : 'REFUSED';
  const message = say(locale, code, given.details as Arguments);
  return { ...given, code, message: message === code ? (given.message ?? code) : message };
}

function refusalIn(body: string): Readonly<Record<'code' | 'message' | 'details', unknown>> {
  try {
    return Object(JSON.parse(body)) as ReturnType<typeof refusalIn>;
  } catch {
    return { code: undefined, message: undefined, details: undefined }; // an answer without a body, as 404
  }
}
