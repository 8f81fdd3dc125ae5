import type { Recorded } from '@app/kernel';
import type { ProjectedStore } from '../read-store.js';
import { erased, pledge, pledges, pledgeWords } from './fixtures.js';
import { deliver, read } from './projected.js';
import { recorded } from './recorded.js';

/** What becomes of what a person wrote, once they are forgotten. */
export function forgetting(the: () => ProjectedStore): void {
  const said = async (...facts: Recorded[]): Promise<unknown[]> => {
    await deliver(the(), facts);
    return ((await read(the(), pledges)) as { said: string | null }[]).map((row) => row.said);
  };
  const told = (): Recorded[] => [
    ...[pledge('a', 'ada', 'mine'), pledge('b', 'bo', 'yours')],
    ...[recorded('PledgeReworded', { pledgeId: 'a', said: 'mine too' }), erased('ada')],
  ];

  it('blanks what a forgotten person wrote, in every version', async () =>
    expect(await said(...told())).toEqual([null, null, 'yours']));

  it('writes nothing of theirs afterwards', async () => {
    await deliver(the(), told());
    const after = [
      pledge('c', 'ada', 'late'),
      recorded('PledgeReworded', { pledgeId: 'a', said: 'later' }),
      pledge('d', 'cy', 'fine'),
    ];
    expect(await said(...after)).toEqual([null, null, null, 'yours', null, 'fine']);
  });

  it('leaves the rows that a rebuild makes once the key is destroyed', async () => {
    const facts = told();
    await said(...facts);
    const before = await read(the(), pledges);
    const draft = await the().draft();
    const unreadable = facts.map((fact) => {
      const data = fact.data as { by?: string; pledgeId?: string; said?: string | null };
      return data.pledgeId === 'a' ? { ...fact, data: { ...data, said: null } } : fact;
    });
    await deliver(draft, unreadable);
    await draft.serve();
    expect(await read(the(), pledges)).toEqual(before);
  });

  const words = async (...facts: Recorded[]): Promise<unknown[]> => {
    await deliver(the(), facts);
    return ((await read(the(), pledgeWords)) as { word: string }[]).map(({ word }) => word);
  };
  const passedOn = (pledgeId: string, by: string | null): Recorded => recorded('PledgePassedOn', { pledgeId, by });

  it('removes the rows that go with them, and none of anybody else or of nobody', async () => {
    const nobodys = [pledge('c', 'cy', 'ours'), passedOn('c', null)];
    expect(await words(...told(), ...nobodys)).toEqual(['OURS', 'YOURS']);
  });

  it('makes no row that would go with them afterwards', async () => {
    await words(...told());
    expect(await words(pledge('c', 'ada', 'late'), pledge('d', 'cy', 'fine'))).toEqual(['FINE', 'YOURS']);
    expect(await words(pledge('b', 'ada', 'yours'), passedOn('d', 'ada'))).toEqual([]);
  });
}
