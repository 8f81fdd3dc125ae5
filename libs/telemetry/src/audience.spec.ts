import { audienceFrom, isLocal } from './audience.js';

describe('who may read the metrics', () => {
  it.each([
    ['off', 'off'],
    ['local', 'local'],
    ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
    ['[::]:9464', { host: '::', port: 9464 }],
    ['metrics.internal:0', { host: 'metrics.internal', port: 0 }],
    ['on', undefined],
    [':9464', undefined],
    ['127.0.0.1:65536', undefined],
    ['127.0.0.1', undefined],
    ['http://127.0.0.1:9464', undefined],
  ])('%s', (text, audience) => expect(audienceFrom(text)).toEqual(audience));
});

describe('a reader', () => {
  const local = { from: '127.0.0.1', host: 'localhost:3000', baseUrl: 'http://127.0.0.1:3000' };

  it.each([{}, { from: '::1', host: '[::1]:3000' }, { from: '::ffff:127.0.0.1' }, { host: '127.0.0.1' }])(
    'of this machine is local: %j',
    (changes) => expect(isLocal({ ...local, ...changes })).toBe(true),
  );

  it.each([
    { from: '192.168.1.7' },
    { from: undefined },
    { from: '::ffff:10.0.0.1' },
    { host: undefined },
    { host: 'ronde.example' },
    { host: '127.0.0.1.evil.example:3000' },
    { host: 'evil.example/127.0.0.1' },
    { baseUrl: 'https://ronde.example' },
  ])('is not local: %j', (changes) => expect(isLocal({ ...local, ...changes })).toBe(false));
});
