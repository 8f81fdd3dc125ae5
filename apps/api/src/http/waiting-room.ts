import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { localeOf, say } from '@app/wording';
import type { Config } from '../config.js';

/** Answers in the process's place while it waits for its servers: alive, not ready, come back soon. */
export interface WaitingRoom {
  close(): Promise<void>;
}

const RETRY_AFTER_S = 5;

export async function openWaitingRoom({ HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>): Promise<WaitingRoom> {
  const server = createServer((request, response) => {
    if (request.url === '/health/live') return answer(response, 200, { live: true });
    if (request.url === '/health/ready') return answer(response, 503, { ready: false, checks: { start: 'WAITING' } });
    const message = say(localeOf(request.headers['accept-language']), 'STARTING');
    answer(response, 503, { errors: [{ message, extensions: { code: 'UNAVAILABLE' } }] });
  });
  server.listen(PORT, HOST);
  await once(server, 'listening');
  return {
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
  });
  response.end(JSON.stringify(body));
}
