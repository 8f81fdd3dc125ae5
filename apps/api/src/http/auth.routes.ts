import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '@app/identity';

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
  reply.status(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply.send(Buffer.from(await response.arrayBuffer()));
}
