import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPosition, comparePositions, placeOf, positionOf } from './eventstoredb.position.js';
import { InvalidStoreUrl, parseStoreUrl } from './eventstoredb.url.js';

describe('the URL of an event store', () => {
  it('names one host, and the port that servers have where it names none', () => {
    expect(parseStoreUrl('esdb://events.test')).toMatchObject({
      hosts: [{ address: 'events.test', port: 2113 }],
      discover: false,
      insecure: false,
      credentials: undefined,
    });
  });

  it('names several hosts, or one name to discover a cluster by', () => {
    const several = parseStoreUrl(' esdb://one.test:1,two.test:2/?tls=false ');
    expect([several.hosts, several.discover, several.insecure]).toEqual([
      [
        { address: 'one.test', port: 1 },
        { address: 'two.test', port: 2 },
      ],
      false,
      true,
    ]);
    expect(parseStoreUrl('esdb+discover://cluster.test').discover).toBe(true);
  });

  it('carries a user and a password, which are never shown', () => {
    const settings = parseStoreUrl('esdb://ron%40de:s3cr%C3%A9t%2F@events.test:2113');
    expect(settings.credentials).toEqual({ username: 'ron@de', password: 's3crét/' });
    expect(settings.shown).toBe('esdb://events.test:2113');
  });

  it('carries options whatever their spelling, and certificates as their content', () => {
    const directory = mkdtempSync(join(tmpdir(), 'ronde-url-'));
    const file = join(directory, 'ca.crt');
    writeFileSync(file, 'certificate');
    const options = `TLS=true&tls-ca-file=${encodeURIComponent(file)}&node_preference=Leader&keepAliveInterval=20000`;
    const settings = parseStoreUrl(`esdb://events.test?${options}&defaultDeadline=3000&throwOnAppendFailure=true`);
    rmSync(directory, { recursive: true });
    expect(settings.certificates.rootCertificate?.toString()).toBe('certificate');
    expect(settings.numbers).toEqual({ keepAliveInterval: 20_000, defaultDeadline: 3_000 });
  });

  it.each([
    ['http://events.test', /begins with "http:\/\/": expected esdb/],
    ['kurrentdb://events.test', /begins with "kurrentdb/],
    ['events.test:2113', /not of the form/],
    ['', /not of the form/],
    ['esdb://', /not of the form/],
    ['esdb://events.test:99999', /not a host and port/],
    ['esdb://one.test,,two.test', /not a host and port/],
    ['esdb+discover://one.test,two.test', /one DNS name/],
    ['esdb://user:secret@events.test?tls=false', /tls=false/],
    ['esdb://user@events.test', /a user and a password/],
    ['esdb://:secret@events.test', /a user and a password/],
    ['esdb://user:%E0%A4%A@events.test', /percent-encoded/],
    ['esdb://user:secret@events.test?color=blue', /"color" is not an option/],
    ['esdb://events.test?tls', /"tls" is not an option that can be followed here, or has no value/],
    ['esdb://events.test?tls=maybe', /tls is true or false/],
    ['esdb://events.test?tls=true&TLS=true', /given twice/],
    ['esdb://user:secret@events.test?tlsVerifyCert=false', /give tlsCAFile instead/],
    ['esdb://events.test?throwOnAppendFailure=false', /not an option that can be followed/],
    ['esdb://events.test?keepAliveInterval=-1', /keepAliveInterval is a whole number, at least 10000/],
    ['esdb://events.test?gossipTimeout=soon', /gossipTimeout is a whole number/],
    ['esdb://events.test?nodePreference=follower', /nodePreference is leader/],
    ['esdb://events.test?tlsCAFile=/nowhere/ca.crt', /tlsCAFile=\/nowhere\/ca.crt cannot be read \(ENOENT\)/],
    ['esdb://events.test?userCertFile=/nowhere/a', /together or not at all/],
    ['esdb://events.test?tls=false&tlsCAFile=/nowhere/ca.crt', /certificates are given, but tls=false/],
  ])('is refused with a reason, without the password: %s', (url, reason) => {
    let refused: unknown;
    try {
      parseStoreUrl(url);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(InvalidStoreUrl);
    expect((refused as Error).message).toMatch(reason);
    expect((refused as Error).message).not.toContain('secret');
  });
});

describe('a position of its log', () => {
  it('compares as text as its two numbers do', () => {
    const places = ['0', '9', '10', '18446744073709551615'].map((commit) => positionOf({ commit, prepare: commit }));
    expect([...places].sort()).toEqual(places);
    expect(new Set(places.map(({ length }) => length))).toEqual(new Set([40]));
    expect(placeOf(places[2]!)).toEqual({ commit: '10', prepare: '10' });
    expect(positionOf({ commit: '7', prepare: '3' }) < positionOf({ commit: '7', prepare: '12' })).toBe(true);
    expect([comparePositions(places[0]!, places[1]!), comparePositions(places[1]!, places[1]!)]).toEqual([-1, 0]);
  });

  it.each(['', '1', '0'.repeat(20), `${'0'.repeat(39)}x`])('is not of another log: %s', (position) => {
    expect(() => checkPosition(position)).toThrow(RangeError);
    expect(() => comparePositions(position, position)).toThrow(RangeError);
  });
});
