import { projection } from '../projection.js';
import { int, table, text } from '../table.js';
import { pledgeProjection, pledges } from './fixtures.js';
import { projected } from './projected.js';
import { positionOf, recorded, recorder } from './recorded.js';

type Rung = { type: 'Rung'; data: { bell: string } };
const bells = table('bell', { bell: text(), times: int() }, { key: ['bell'] });

describe('projected', () => {
  const pledged = (said: string) => recorded('Pledged', { pledgeId: 'a', by: 'ada', said, rank: 1 });

  it('gives the rows, the versions and a store to query', async () => {
    const facts = [pledged('one'), pledged('two')];
    const it = await projected(pledgeProjection, facts);
    expect(await it.rows(pledges)).toEqual([{ pledgeId: 'a', by: 'ada', said: 'two', rank: 1 }]);
    expect((await it.versions(pledges)).map(({ fromPosition }) => fromPosition)).toEqual(
      facts.map(({ position }) => position),
    );
    expect(it.store.position()).toBe(facts[1]!.position);
  });

  it('fails a projection that counts deliveries', async () => {
    let times = 0;
    const counting = projection<Rung>({
      name: 'bells',
      version: 1,
      tables: [bells],
      on: { Rung: ({ data: { bell } }, rows) => rows.put(bells, { bell, times: (times += 1) }) },
    });
    await expect(projected(counting, [recorded('Rung', { bell: 'a' })])).rejects.toThrow('delivered twice');
  });

  it('fails a projection that remembers what came before', async () => {
    const seen = new Set<string>();
    const remembering = projection<Rung>({
      name: 'bells',
      version: 1,
      tables: [bells],
      on: {
        Rung: ({ data: { bell }, id }, rows) => {
          // Equal for a fact that comes again at once, other when everything is built again.
          rows.put(bells, { bell, times: [...seen.add(id)].indexOf(id) });
          if (seen.size === 2) seen.delete([...seen][0]!);
        },
      },
    });
    const rung = recorder<Rung>({ stream: 'bell-1' });
    await expect(projected(remembering, [rung('Rung', { bell: 'a' }), rung('Rung', { bell: 'b' })])).rejects.toThrow();
  });

  it('makes facts with rising positions and revisions', () => {
    const [one, two] = [recorded('Rung', {}, { stream: 'bell-2' }), recorded('Rung', {}, { stream: 'bell-2' })];
    expect([one.revision, two.revision]).toEqual([0, 1]);
    expect(one.position < two.position).toBe(true);
    expect(recorded('Rung', {}, { position: positionOf(7) }).position).toBe('00000000000000000007');
  });
});
