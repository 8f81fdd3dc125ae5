import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { listen, Telemetry, type Visitor } from '@app/telemetry';
import { readConfig, StartRefused } from '../config.js';
import { listenForMetrics, localMetrics, serveMetrics } from './metrics.routes.js';

/** What a server with these settings answers at `/metrics` to a program of this machine that names this host. */
async function answered(environment: Readonly<Record<string, string>>, host = 'localhost'): Promise<number> {
  const config = readConfig(environment);
  const server = fastify();
  serveMetrics(server, await Telemetry.open({ metrics: config.METRICS !== 'off' }), config);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  const status = await new Promise<number>((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path: '/metrics', headers: { host } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    asked.on('error', reject).end();
  });
  await server.close();
  return status;
}

describe('the metrics beside everything else', () => {
  it('are shown to this machine', async () => expect(await answered({})).toBe(200));

  it.each([
    ['off', { METRICS: 'off' }, 'localhost'],
    ['on a port of their own', { METRICS: '127.0.0.1:0' }, 'localhost'],
    ['behind a proxy', { BASE_URL: 'https://ronde.example' }, 'localhost'],
    ['asked for under the name of another place', {}, 'ronde.example'],
  ])('are not there when %s', async (_, environment, host) => expect(await answered(environment, host)).toBe(404));
});

describe('the metrics of a process that serves nothing else', () => {
  const asked = async (environment: Readonly<Record<string, string>>, visitor: Visitor): Promise<number> => {
    const config = readConfig(environment);
    const telemetry = await Telemetry.open({ metrics: config.METRICS !== 'off' });
    return (await localMetrics(telemetry, config, visitor)).status ?? 200;
  };
  const here = { from: '127.0.0.1', host: 'localhost:3001' };

  it('are shown to this machine', async () => expect(await asked({}, here)).toBe(200));

  it.each([
    ['off', { METRICS: 'off' }, here],
    ['on a port of their own', { METRICS: '127.0.0.1:0' }, here],
    ['asked for from elsewhere', {}, { ...here, from: '10.0.0.7' }],
    ['of an installation elsewhere', { BASE_URL: 'https://ronde.example' }, here],
  ])('are not there when %s', async (_, environment, visitor) => expect(await asked(environment, visitor)).toBe(404));
});

describe('a port of their own', () => {
  it('shows them behind a proxy too', async () => {
    const free = await listen({ host: '127.0.0.1', port: 0 }, {});
    const place = `127.0.0.1:${free.address.port}`;
    await free.close();
    const config = readConfig({ METRICS: place, BASE_URL: 'https://ronde.example' });
    const close = await listenForMetrics(await Telemetry.open({ metrics: true }), config);
    const response = await fetch(`http://${place}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
    expect(await response.text()).toMatch(/^process_cpu_seconds_total /m);
    await close();
  });

  it('that is taken refuses the start', async () => {
    const taken = await listen({ host: '127.0.0.1', port: 0 }, {});
    const place = `127.0.0.1:${taken.address.port}`;
    const start = listenForMetrics(await Telemetry.open({ metrics: true }), readConfig({ METRICS: place }));
    const line = `METRICS ${place} cannot be listened on (EADDRINUSE): choose another, or off.`;
    await expect(start).rejects.toThrow(new StartRefused(line));
    await taken.close();
  });
});
