import { MemoryEventStore } from '@app/event-store/adapters';
import { newId } from '@app/kernel';
import { MemoryVault } from '@app/vault/testing';
import { checkedEnd } from './checked-end.js';

describe('a log whose end does not hold', () => {
  const refused = async (shared: boolean): Promise<string> => {
    const store = new MemoryEventStore();
    const meta = { community: 'k1', hash: 'not what it should be', recordedAt: '2027-01-15T15:00:00.000Z' };
    await store.append('community-k1', [{ id: newId(), type: 'CommunityFounded', data: {}, meta }], 'none');
    return checkedEnd(store, new MemoryVault(), shared).catch(String);
  };
  const where = /^CorruptLog: The log does not hold together: EVENT_CHANGED in community-k1, revision 0, .*\. /;

  it('is put back with its folder, where it is in one', async () => {
    const said = await refused(false);
    expect(said).toMatch(where);
    expect(said.replace(where, '')).toBe('Put DATA_DIR back from a backup.');
  });

  it('is restored on empty servers, where several processes share it', async () => {
    const said = await refused(true);
    expect(said).toMatch(where);
    expect(said.replace(where, '')).toBe('Stop every process and restore a backup on empty servers.');
  });
});
