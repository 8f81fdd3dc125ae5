import { begin } from '../forming.js';
import { meet } from '../gathering.js';
import { acceptances } from '../proposals/foundations.js';
import type { Scene } from '../world.js';

/** The circle Relève is forming: places were offered, its aim lies on the table. */
export const releveScenes: readonly Scene[] = [
  {
    name: 'arrivées à Relève',
    at: [-20, 'samedi', '10:00'],
    play: (world) => world.join(['sofia', 'olivier', 'beatrice'], 'jade'),
  },
  {
    name: 'Relève se forme',
    at: [-5, 'samedi', '10:00'],
    play: (world) =>
      begin(
        world,
        'releve',
        ['wilner', 'sofia', 'olivier', 'beatrice', 'maite'],
        ['wilner', 'sofia', 'olivier', 'beatrice'],
        'olivier',
      ),
  },
  {
    name: 'Relève, première rencontre',
    at: [-1, 'samedi', '10:00'],
    play: (world) =>
      meet(world.stage, 'releve 1', world.table('releve'), async (gathering) => {
        const sheet = world.sheet('releve', acceptances.releve, () => ({ kind: 'acceptAimAndDomain' }));
        await sheet.draft();
        await sheet.present(gathering);
      }),
  },
];
