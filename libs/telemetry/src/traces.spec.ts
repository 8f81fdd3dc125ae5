import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@app/kernel';
import { Telemetry } from './telemetry.js';

const caller = { community: 'k1', member: 'm1', commandId: newId(), correlationId: newId() };
const command = { name: 'GiveConsent', caller };
const servers: Server[] = [];

/** A collector that answers as told, and what it has received. */
async function collector(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => request.resume().on('end', () => answer(request, response)));
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const tracing = async (endpoint: string, ratio = 1) => {
  const troubles: (string | undefined)[] = [];
  const onTrouble = (error: Error | undefined): void => void troubles.push(error?.name);
  const telemetry = await Telemetry.open({
    metrics: false,
    traces: { endpoint, serviceName: 'spec', ratio, onTrouble },
  });
  return { telemetry, troubles };
};

describe('traces', () => {
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await once(server.close(), 'close');
    }
  });

  it('are kept in the share that was asked for', async () => {
    const received: (string | undefined)[] = [];
    const endpoint = await collector(({ url }, response) => {
      received.push(url);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const none = await tracing(endpoint, 0);
    expect(await none.telemetry.witness.command(command, async () => 7)).toBe(7);
    await none.telemetry.close();
    expect(received).toEqual([]);
    const all = await tracing(`${endpoint}/`, 1);
    await all.telemetry.witness.command(command, async () => 7);
    await all.telemetry.close();
    expect(received).toEqual(['/v1/traces']);
    expect(all.troubles).toEqual([]);
  });

  it('that nobody takes are told of, and change nothing for the command', async () => {
    const endpoint = await collector((_, response) => response.writeHead(400).end());
    const { telemetry, troubles } = await tracing(endpoint);
    const broken = new Error('a bug');
    await expect(telemetry.witness.command(command, () => Promise.reject(broken))).rejects.toBe(broken);
    await telemetry.close();
    expect(troubles).toEqual(['OTLPExporterError']);
  });

  it('do not keep a process from stopping when the collector never answers', async () => {
    const held: ServerResponse[] = [];
    const endpoint = await collector((_, response) => void held.push(response));
    const { telemetry } = await tracing(endpoint);
    await telemetry.witness.command(command, async () => 7);
    await telemetry.close();
    expect(held).toHaveLength(1);
    for (const response of held) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});
