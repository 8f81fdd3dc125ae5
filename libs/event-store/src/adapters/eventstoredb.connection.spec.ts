import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { event, events, Listener, newStream, readWhole, within } from '../contract/clause.js';
import { StoreUnavailable } from '../errors.js';
import type { EventStore } from '../event-store.js';
import { selfSigned } from '../standin/certificate.testing.js';
import type { StandIn, StandInOptions } from '../testing.js';
import { StoreRefusesUs } from './eventstoredb.errors.js';
import { EventStoreDbStore } from './eventstoredb.js';
import { beginTrial, endTrial, failing, PATIENCE_MS, QUICK, type Trial } from './eventstoredb.testing.js';

let trial: Trial;
let standIn: StandIn;
let store: EventStoreDbStore;

async function begin(options: StandInOptions = {}): Promise<void> {
  trial = await beginTrial(options);
  ({ standIn, store } = trial);
}

afterEach(() => endTrial(trial));

describe('the connection', () => {
  it('is one for each process: another server is refused while this one is open, and no password is told', async () => {
    await begin();
    const another = 'esdb://user:secret@127.0.0.1:1';
    const error = await failing(EventStoreDbStore.open({ url: another }));
    expect(error.message).toMatch(
      /connected to esdb:\/\/127\.0\.0\.1:\d+: close that store before opening esdb:\/\/127\.0\.0\.1:1 /,
    );
    expect(error.message).not.toContain('secret');
    await store.close();
    const other = await EventStoreDbStore.open({ url: another });
    await other.close();
  });

  it('is found through gossip, as in a cluster, before and after the server died', async () => {
    await begin();
    await store.close();
    await standIn.kill();
    const cluster: EventStore = await EventStoreDbStore.open({ url: standIn.clusterUrl, ...QUICK });
    expect(await within(PATIENCE_MS, 'a refusal', failing(cluster.head()))).toBeInstanceOf(StoreUnavailable);
    await standIn.restart();
    const stream = newStream();
    expect((await cluster.append(stream, [event()], 'none')).revision).toBe(0);
    await standIn.restart();
    expect((await cluster.append(stream, [event()], 0)).revision).toBe(1);
    await cluster.close();
  });

  it('is encrypted, to a server that proves who it is, by a user who proves it too', async () => {
    const tls = selfSigned();
    const user = { username: 'ronde', password: 'été/@:' };
    await begin({ tls, user });
    await store.close();
    const directory = mkdtempSync(join(tmpdir(), 'ronde-ca-'));
    const [right, wrong] = [join(directory, 'ca.crt'), join(directory, 'other.crt')];
    writeFileSync(right, tls.cert);
    writeFileSync(wrong, selfSigned().cert);
    const refusalOf = async (url: string): Promise<Error> => {
      const refused = await EventStoreDbStore.open({ url, ...QUICK });
      const error = await failing(refused.append(newStream(), [event()], 'none'));
      await refused.close();
      return error;
    };
    const password = encodeURIComponent(user.password);
    const at = `127.0.0.1:${standIn.port}?tlsCAFile=`;
    const secure = await EventStoreDbStore.open({ url: `esdb://ronde:${password}@${at}${right}`, ...QUICK });
    const stream = newStream();
    await secure.append(stream, [event()], 'none');
    expect(await readWhole(secure, stream)).toHaveLength(1);
    await secure.close();
    const denied = await refusalOf(`esdb://ronde:guessed@${at}${right}`);
    expect([denied, denied.message.includes('guessed')]).toEqual([expect.any(StoreRefusesUs), false]);
    expect(await refusalOf(`esdb://${at}${right}`)).toBeInstanceOf(StoreRefusesUs);
    expect((await refusalOf(`esdb://ronde:${password}@${at}${wrong}`)).name).toBe('StoreUnavailable');
    rmSync(directory, { recursive: true });
  });

  it('finishes what was begun before it is closed', async () => {
    await begin();
    await store.append(newStream(), [event()], 'none');
    const appends = Array.from({ length: 50 }, () => store.append(newStream(), [event()], 'none'));
    await store.close();
    expect((await Promise.all(appends)).map(({ revision }) => revision)).toEqual(Array(50).fill(0));
  });

  it('carries no read that nobody listens to any more', async () => {
    await begin();
    await store.append(newStream(), events(300), 'none');
    for (let round = 0; round < 20; round++) {
      await store.readAll({ max: 3, prefixes: ['none-'] });
      await store.readAll({ max: 1 });
      const listener = new Listener(store, {}, PATIENCE_MS);
      await listener.until('one event', () => listener.events.length > 0);
      await listener.stop();
    }
    await store.head();
    expect(await standIn.openReads()).toBe(0);
  });
});
