import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { type LiveGraph, liveOperations, type Opened } from './operations.js';

const PING_MS = 20_000;
const GOING_AWAY = 1001;

export interface LiveSockets {
  /** Tells everybody that the server goes; they connect again, to another process if there is one. */
  close(): Promise<void>;
}

/** Serves subscriptions (graphql-ws) at `/graphql` of a server: to pages of its own and of trusted origins, and to programs. */
export function serveLive(server: Server, live: LiveGraph, origins: readonly string[]): LiveSockets {
  const { config } = live;
  const graphql = makeServer(liveOperations(live));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: config.MAX_BODY_BYTES,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const status = refusalOf(request, origins);
    if (status !== undefined)
      return void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (opened) => attend(opened, request, graphql));
  };
  server.on('upgrade', upgrade);
  return {
    close: async () => {
      server.off('upgrade', upgrade);
      for (const socket of sockets.clients) socket.close(GOING_AWAY, 'the server stops');
      const gone = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), 1_000);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      clearTimeout(gone);
    },
  };
}

/** A browser says which page asks, and sends the cookie whoever that is. */
function refusalOf({ url, headers: { origin } }: IncomingMessage, origins: readonly string[]): string | undefined {
  if (url?.split('?')[0] !== '/graphql') return '404 Not Found';
  return origin === undefined || origins.includes(origin) ? undefined : '403 Forbidden';
}

function attend(
  socket: WebSocket,
  request: IncomingMessage,
  graphql: ReturnType<typeof makeServer<never, Opened>>,
): void {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  let alive = true;
  const pulse = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, PING_MS).unref();
  socket.on('pong', () => (alive = true));
  // A frame that is too large, or none at all: ws closes the socket by itself.
  socket.on('error', () => undefined);
  const closed = graphql.opened(
    {
      protocol: socket.protocol,
      send: (text) => new Promise((resolve) => socket.send(text, () => resolve())),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (hear) =>
        socket.on('message', (text) => {
          hear(text.toString()).catch(() => socket.close(CloseCode.InternalServerError, 'the server could not answer'));
        }),
    },
    { headers },
  );
  socket.once('close', (code, reason) => {
    clearInterval(pulse);
    void closed(code, reason.toString());
  });
}
