import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Identity } from '@app/identity';
import { isOutage } from '@app/postgres';
import { localeOf, say } from '@app/wording';
import { authRefusal } from './auth-refusals.js';
import { answerFault } from './faults.js';

const jsonTypes = /^application\/(?:[a-z0-9.+-]*\+)?json/i;

/**
 * Serves `/api/auth/*` past Nest. The body goes through as it came. The client's address bounds the tries to sign in: it is the socket's, or
 * what a trusted proxy says, never what anybody else says.
 */
export function serveAuth(server: FastifyInstance, identity: Identity, baseUrl: string): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.setErrorHandler(answerFault);
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, ({ headers }, body: Buffer, done) => {
      const unreadable = jsonTypes.test(headers['content-type'] ?? '') && body.length > 0 && !isJson(body);
      done(unreadable ? new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY() : null, body);
    });
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      handler: async (request, reply) => {
        try {
          const response = await identity.handler(asFetch(request, baseUrl), request.ip);
          if (response.status >= 500 && (await isAway(identity))) return away(request, reply);
          return await answer(reply, response);
        } catch (error) {
          if (isOutage(error)) return away(request, reply);
          throw error;
        }
      },
    });
  });
}

/** What better-auth could not do is a bare 500, whatever the reason. Positions are never remembered: the database is asked. */
async function isAway({ positions }: Identity): Promise<boolean> {
  return positions.of('').then(() => false, isOutage);
}

function away({ headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = say(localeOf(headers['accept-language']), 'SERVER_AWAY');
  return reply.status(503).header('retry-after', '5').send({ code: 'UNAVAILABLE', message });
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
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
    const refusal = authRefusal(await response.text(), status, reply.request);
    return reply.type('application/json; charset=utf-8').send(refusal);
  }
  return reply.send(Buffer.from(await response.arrayBuffer()));
}
