import { resolve } from 'node:path';
import { type Setting, StartRefused, readConfig, settings, settingsTable } from './config.js';

describe('the settings', () => {
  it('have defaults that they themselves allow', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', BASE_URL: 'http://127.0.0.1:3000', DEMO: 'on' });
    expect(config.DATA_DIR).toBe(resolve('data'));
    expect(config.MASTER_KEY_FILE).toBe(resolve('data.master-key'));
    for (const { byDefault, read } of Object.values<Setting>(settings))
      if (!byDefault.includes('<')) expect(read(byDefault)).toBeDefined();
  });

  it('leave the demo, whose password is published, out of production unless it is asked for', () => {
    expect(readConfig({ NODE_ENV: 'production' }).DEMO).toBe('off');
    expect(readConfig({ NODE_ENV: 'production', DEMO: '' }).DEMO).toBe('off');
    expect(readConfig({ NODE_ENV: 'production', DEMO: 'on' }).DEMO).toBe('on');
    expect(readConfig({ DEMO: 'off' }).DEMO).toBe('off');
  });

  it('are read from the environment', () =>
    expect(
      readConfig({
        PORT: '0',
        HOST: '::1',
        TRUSTED_ORIGINS: 'https://a.example, http://localhost:5173',
        TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,,fd00::/8',
        LOG_LEVEL: '',
      }),
    ).toMatchObject({
      PORT: 0,
      BASE_URL: 'http://[::1]:0',
      TRUSTED_ORIGINS: ['https://a.example', 'http://localhost:5173'],
      TRUSTED_PROXIES: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'],
      LOG_LEVEL: 'info',
    }));

  it.each([
    [{ PORT: '65536' }, 'PORT is "65536": a whole number from 0 to 65535 is expected.'],
    [{ PORT: 'http' }, 'PORT is "http": a whole number from 0 to 65535 is expected.'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV is "prod": one of development, production, test is expected.'],
    [{ DEMO: 'yes' }, 'DEMO is "yes": one of on, off is expected.'],
    [
      { BASE_URL: 'ronde.example' },
      'BASE_URL is "ronde.example": an http or https origin, as https://ronde.example is expected.',
    ],
    [
      { EVENT_STORE_URL: 'http://admin:secret@h:2113' },
      'EVENT_STORE_URL is "http://admin:…@h:2113": an EventStoreDB connection string, as esdb://127.0.0.1:2113?tls=false is expected.',
    ],
    [
      { READ_STORE_URL: 'postgres://ronde:secret@h' },
      'READ_STORE_URL is "postgres://ronde:…@h": a PostgreSQL URL, as postgres://user:password@127.0.0.1:5432/ronde is expected.',
    ],
    [{ HOST: 'a b' }, 'HOST is "a b": an address or a host name is expected.'],
    [{ METRICS: 'on' }, 'METRICS is "on": local, off, or an address and a port, as 127.0.0.1:9464 is expected.'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT is "collector:4318": an http or https address, as http://127.0.0.1:4318 is expected.',
    ],
    [{ OTEL_TRACES_SAMPLER_ARG: '1.5' }, 'OTEL_TRACES_SAMPLER_ARG is "1.5": a number from 0 to 1 is expected.'],
    [{ CLOCK_FILE: '/tmp/now' }, 'CLOCK_FILE is set: it is allowed only when NODE_ENV is test.'],
    [{ DATA_DIR: '/d', MASTER_KEY_FILE: '/d/k/m' }, 'MASTER_KEY_FILE is /d/k/m: it must lie outside DATA_DIR (/d).'],
    [{ DATA_DIR: '/d', MASTER_KEY_FILE: '/d/m' }, 'MASTER_KEY_FILE is /d/m: it must lie outside DATA_DIR (/d).'],
  ])('are refused when wrong, with what is allowed: %j', (environment, line) => {
    expect(() => readConfig(environment)).toThrow(new StartRefused(line));
  });

  it.each([
    'proxy',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    'fd00::/129',
    'fe80::1%eth0',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.1 10.0.0.2',
  ])('do not trust %j as a proxy', (TRUSTED_PROXIES) =>
    expect(() => readConfig({ TRUSTED_PROXIES })).toThrow(/^TRUSTED_PROXIES is .* is expected\.$/),
  );

  it('fill a table', () => {
    expect(settingsTable().split('\n')).toHaveLength(2 + Object.keys(settings).length);
  });
});
