import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Page {
  readonly status?: number;
  readonly type: string;
  readonly body: string;
}

/** Who asks for a page. */
export interface Visitor {
  /** The socket's other end. */
  readonly from: string | undefined;
  /** The `Host` header. */
  readonly host: string | undefined;
}
type Made = (visitor: Visitor) => Promise<Page> | Page;

export interface Listener {
  /** Where it can be reached; the port that was taken, where 0 was asked for. */
  readonly address: AddressInfo;
  close(): Promise<void>;
}

/**
 * Serves a few pages to those who watch a process, on a port where nothing else is: by path, each made when it is asked for. Answers once
 * it listens; throws what the system says when it cannot.
 */
export async function listen(
  { host, port }: { readonly host: string; readonly port: number },
  pages: Readonly<Record<string, Made>>,
): Promise<Listener> {
  const server = createServer((request, response) => {
    const page = Object.hasOwn(pages, request.url ?? '') ? pages[request.url!]! : undefined;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (page === undefined || !reads) return void response.writeHead(page === undefined ? 404 : 405).end();
    const visitor = { from: request.socket.remoteAddress, host: request.headers.host };
    void answer(() => page(visitor)).then(({ status = 200, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return { address: server.address() as AddressInfo, close: () => closed(server) };
}

/** A page that cannot be made says so to its reader, who is an operator. */
async function answer(page: () => Promise<Page> | Page): Promise<Page> {
  try {
    return await page();
  } catch (error) {
    return { status: 500, type: 'text/plain; charset=utf-8', body: String(error) };
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
