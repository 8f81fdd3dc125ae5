import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { newId } from '@app/kernel';
import type { Config } from '../config.js';
import { tellBadRequests } from '../graphql/bad-requests.js';
import type { Log } from '../log.js';
import { answerFault } from './faults.js';
import { landingCsp } from './landing.page.js';

const correlation = /^[A-Za-z0-9._-]{8,64}$/;

/** Fastify as Ronde wants it: correlation ids, quiet logs, security headers, refusals in the reader's language. */
export function openServer(config: Config, log: Log): FastifyAdapter {
  const headers = securityHeaders(config);
  const adorn = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    reply.headers(headers).header('x-request-id', request.id);
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    bodyLimit: config.MAX_BODY_BYTES,
    requestIdHeader: false,
    trustProxy: config.TRUSTED_PROXIES.length > 0 && [...config.TRUSTED_PROXIES],
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    genReqId: ({ headers }: IncomingMessage) => {
      const asked = headers['x-request-id'];
      return typeof asked === 'string' && correlation.test(asked) ? asked : newId();
    },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // An address that cannot be read is answered before any hook.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      answerFault(error, request, adorn(request, reply)),
  });
  const server: FastifyInstance = adapter.getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    adorn(request, reply);
    done();
  });
  tellBadRequests(server);
  if (log.isLevelEnabled('debug')) server.addHook('onResponse', accessLine);
  return adapter;
}

function accessLine(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { method, url } = request;
  const [path] = url.split('?');
  request.log.debug({ method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  done();
}

function securityHeaders({ BASE_URL }: Config): Record<string, string> {
  return {
    'content-security-policy': landingCsp,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    ...(BASE_URL.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
