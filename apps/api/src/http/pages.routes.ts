import type { FastifyInstance } from 'fastify';
import type { Readiness } from './health.js';
import { favicon, landingPage, type Shown } from './landing.page.js';

/** The landing page and the health of the process: plain routes, so that they answer whatever state the rest is in. */
export function servePages(server: FastifyInstance, readiness: Readiness, shown: Shown): void {
  const page = landingPage(shown);
  server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  server.get('/favicon.ico', (_request, reply) => reply.type('image/svg+xml').send(favicon));
  server.get('/health/live', () => ({ live: true }));
  server.get('/health/ready', (_request, reply) => {
    const health = readiness.health();
    return reply.status(health.ready ? 200 : 503).send(health);
  });
}
