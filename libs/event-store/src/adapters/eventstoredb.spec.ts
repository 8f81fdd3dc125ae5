import { eventStoreContract, type Opened, sharedLogContract, StandIn } from '../testing.js';
import { EventStoreDbStore } from './eventstoredb.js';
import { parseStoreUrl } from './eventstoredb.url.js';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await StandIn.start();
});
afterAll(() => standIn.stop());

async function contender(url: string): Promise<Opened> {
  let current = await EventStoreDbStore.open({ url });
  return {
    store: current,
    reopen: async () => {
      await current.close();
      return (current = await EventStoreDbStore.open({ url }));
    },
    dispose: () => current.close(),
  };
}

async function pair(url: string) {
  const [one, other] = [await EventStoreDbStore.open({ url }), await EventStoreDbStore.open({ url })];
  const dispose = async (): Promise<void> => {
    await one.close();
    await other.close();
  };
  return { one, other, dispose };
}

eventStoreContract('EventStoreDB (the stand-in)', () => contender(standIn.url));
sharedLogContract('EventStoreDB (the stand-in)', () => pair(standIn.url));

const real = process.env.EVENTSTORE_TEST_URL;
if (real !== undefined && real !== '') {
  const name = `EventStoreDB (the server at ${parseStoreUrl(real).shown})`;
  eventStoreContract(name, () => contender(real));
  sharedLogContract(name, () => pair(real));
}
