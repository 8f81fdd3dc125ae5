import { LeaveCommunity } from '@app/circles';
import type { Who } from '../people.js';
import {
  accueillirEmile,
  accueillirThomas,
  annonces,
  dansLElan,
  documents,
  documentsConcern,
  elanConcern,
  sansEcran,
  unePreference,
} from '../proposals/leadership.js';
import type { Scene, World } from '../world.js';
import { evenings } from './evening.js';

const monday = evenings('leadership', 'lundi', '18:30');

const admission = (world: World, text: typeof accueillirEmile, who: Who) =>
  world.sheet('leadership', text, () => ({ kind: 'admitMember', memberId: world.stage.member(who) }));

/** Thomas is to be admitted; he leaves before the last answer, so that the circle's decision finds nobody to admit. */
const thomas: readonly Scene[] = [
  { name: 'arrivée de Thomas', at: [-14, 'samedi', '10:00'], play: (world) => world.join(['thomas'], 'david') },
  monday(
    -12,
    async (world, gathering) => {
      const sheet = admission(world, accueillirThomas, 'thomas');
      await sheet.draft();
      await sheet.hear(gathering);
      await sheet.round(gathering);
    },
    ['wilner'],
  ),
  {
    name: 'départ de Thomas',
    at: [-12, 'mercredi', '17:10'],
    play: async ({ stage }) => {
      await stage.act('thomas', 'thomas leaves', (caller) => new LeaveCommunity(caller));
    },
  },
  {
    name: 'accueillir Thomas, réponse de Wilner',
    at: [-12, 'jeudi', '06:50'],
    play: (world) => admission(world, accueillirThomas, 'thomas').answer('wilner'),
  },
];

/** The circle Leadership contributif at work. */
export const leadershipScenes: readonly Scene[] = [
  monday(-31),
  { name: "arrivée d'Émile", at: [-29, 'samedi', '10:00'], play: (world) => world.join(['emile'], 'wilner') },
  monday(-27, undefined, ['jade']),
  monday(-24, async (world, gathering) => {
    await admission(world, accueillirEmile, 'emile').decide(gathering);
    world.becomes('leadership', { members: [...gathering.members, 'emile'] });
  }),
  monday(-18, undefined, ['maite']),
  ...thomas,
  // An objection that all the others find to be a preference: it stays as a concern, and everybody is asked again.
  monday(-8, async (world, gathering) => {
    const sheet = world.sheet('leadership', annonces);
    await sheet.draft();
    await sheet.hear(gathering);
    await sheet.round(gathering, { objects: { jade: dansLElan } });
    await sheet.test('wilner', 'jade');
    for (const who of gathering.members.filter((it) => it !== 'jade'))
      await sheet.judge(who, 'jade', unePreference[who] ?? '');
    await sheet.round(gathering, { concerns: { jade: elanConcern } });
  }),
  monday(-5, async (world, gathering) => {
    const sheet = world.sheet('leadership', documents);
    await sheet.draft();
    await sheet.hear(gathering);
  }),
  monday(-2, async (world, gathering) => {
    const sheet = world.sheet('leadership', sansEcran);
    await sheet.draft();
    await sheet.present(gathering);
    await sheet.clarify(gathering);
    await sheet.react(gathering);
  }),
  monday(
    0,
    (world, gathering) =>
      world.sheet('leadership', documents).round(gathering, { only: ['fatou', 'jade', 'david', 'wilner'] }),
    ['nadia', 'emile'],
  ),
  {
    name: 'banque de documents, réponse de Nadia',
    at: [0, 'mardi', '07:30'],
    play: (world) => world.sheet('leadership', documents).answer('nadia', { concerns: { nadia: documentsConcern } }),
  },
];
