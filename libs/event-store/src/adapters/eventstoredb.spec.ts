import { eventStoreContract, type Opened, StandIn } from '../testing.js';
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

eventStoreContract('EventStoreDB (the stand-in)', () => contender(standIn.url));

const real = process.env.EVENTSTORE_TEST_URL;
if (real !== undefined && real !== '') {
  eventStoreContract(`EventStoreDB (the server at ${parseStoreUrl(real).shown})`, () => contender(real));
}
