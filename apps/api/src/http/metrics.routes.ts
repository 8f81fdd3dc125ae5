import type { FastifyInstance } from 'fastify';
import { isLocal, listen, type Page, type Telemetry, type Visitor } from '@app/telemetry';
import { type Config, StartRefused } from '../config.js';

/** Serves `/metrics` beside everything else, to this machine; the rest are told that nothing is there. */
export function serveMetrics(server: FastifyInstance, telemetry: Telemetry, { METRICS, BASE_URL }: Config): void {
  if (METRICS !== 'local') return;
  server.get('/metrics', async ({ socket, headers: { host } }, reply) => {
    if (!isLocal({ from: socket.remoteAddress, host, baseUrl: BASE_URL })) return reply.callNotFound();
    const page = await telemetry.page();
    return reply.type(page?.type ?? '').send(page?.body);
  });
}

/** The same page among others, for a process that serves nothing else. */
export async function localMetrics(
  telemetry: Telemetry,
  { METRICS, BASE_URL }: Config,
  visitor: Visitor,
): Promise<Page> {
  const local = METRICS === 'local' && isLocal({ ...visitor, baseUrl: BASE_URL });
  return (local ? await telemetry.page() : undefined) ?? { status: 404, type: 'text/plain', body: '' };
}

/** Serves `/metrics` on the port of its own that METRICS names, if it names one. Answers how that is ended. */
export async function listenForMetrics(telemetry: Telemetry, { METRICS }: Config): Promise<() => Promise<void>> {
  if (typeof METRICS === 'string') return () => Promise.resolve();
  const { host, port } = METRICS;
  const metrics = async (): Promise<{ type: string; body: string }> => (await telemetry.page())!;
  try {
    const listener = await listen(METRICS, { '/metrics': metrics });
    return () => listener.close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartRefused(`METRICS ${host}:${port} cannot be listened on (${code}): choose another, or off.`);
  }
}
