import { newId } from '@app/kernel';
import {
  type AppendExpectedRevision,
  BACKWARDS,
  END,
  EventStoreDBClient,
  jsonEvent,
  type Position,
  START,
  streamNameFilter,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { StandIn } from './standin.testing.js';

/** One append a call, instead of many over one. */
const PLAIN = { credentials: { username: 'anybody', password: 'anything' } };

const happened = (number: number) =>
  jsonEvent({ id: newId(), type: 'Happened', data: { number }, metadata: { by: 'ada' } });

/** The stand-in before a witness that is not ours: the vendor's client, as its documentation uses it. */
describe('the stand-in, as the vendor’s client sees it', () => {
  let standIn: StandIn;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    standIn = await StandIn.start();
    client = EventStoreDBClient.connectionString(standIn.url);
  });
  afterAll(async () => {
    await client.dispose();
    await standIn.stop();
  });

  describe.each([
    ['many appends over one call', {}, { type: 'access-denied' }],
    ['one append a call', PLAIN, { code: 7 }],
  ])('%s', (_, path, denial) => {
    const append = (stream: string, expectedRevision: AppendExpectedRevision, ...all: ReturnType<typeof happened>[]) =>
      client.appendToStream(stream, all, { expectedRevision, ...path });

    it('appends at the revision it expects, once, and tells what it found otherwise', async () => {
      const stream = `thing-${newId()}`;
      const [first, second] = [happened(0), happened(1)];
      const place = await append(stream, 'no_stream', first, second);
      expect(place).toMatchObject({ success: true, nextExpectedRevision: 1n });
      expect(await append(stream, 'no_stream', first, second)).toEqual(place);
      await append(stream, 1n, happened(2));
      await expect(append(stream, 1n, happened(3))).rejects.toMatchObject({ actualVersion: 2n });
      await expect(append(stream, 'no_stream', first, happened(4))).rejects.toThrow(WrongExpectedVersionError);
      await expect(append(`thing-${newId()}`, 'stream_exists', happened(5))).rejects.toMatchObject({
        actualVersion: 'no_stream',
      });
      const read: unknown[] = [];
      for await (const { event } of client.readStream(stream, {
        direction: BACKWARDS,
        fromRevision: END,
        maxCount: 2,
      })) {
        read.push([event?.data, event?.metadata, event?.revision]);
      }
      expect(read).toEqual([
        [{ number: 2 }, { by: 'ada' }, 2n],
        [{ number: 1 }, { by: 'ada' }, 1n],
      ]);
    });

    it('is refused without rights', async () => {
      await standIn.deny(true);
      await expect(append(`thing-${newId()}`, 'any', happened(0))).rejects.toMatchObject(denial);
      await standIn.deny(false);
    });
  });

  it('tells a filtered subscriber how far it looked, and gives what matches', async () => {
    const mine = `mine-${newId()}`;
    await client.appendToStream(
      `other-${newId()}`,
      Array.from({ length: 100 }, (_, at) => happened(at)),
    );
    const { position } = await client.appendToStream(mine, happened(7));
    const checkpoints: Position[] = [];
    const filter = streamNameFilter({ prefixes: [mine], checkpointReached: (_, at) => void checkpoints.push(at) });
    const subscription = client.subscribeToAll({ fromPosition: START, filter });
    for await (const { event } of subscription) {
      expect([event?.streamId, event?.position]).toEqual([mine, position]);
      break;
    }
    await subscription.unsubscribe();
    expect(checkpoints.length).toBeGreaterThanOrEqual(3);
  });

  it('comes back with its log after it was killed', async () => {
    const stream = `thing-${newId()}`;
    const event = happened(0);
    const place = await client.appendToStream(stream, event, { expectedRevision: 'no_stream' });
    await standIn.kill();
    const read = client.readStream(stream, { maxCount: 1 });
    await expect(read[Symbol.asyncIterator]().next()).rejects.toThrow(UnavailableError);
    await standIn.restart();
    expect(await client.appendToStream(stream, event, { expectedRevision: 'no_stream' })).toEqual(place);
  });
});
