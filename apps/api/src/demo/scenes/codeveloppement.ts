import { leadingOurSessions } from '../elections/codeveloppement.js';
import {
  deuxiemeSacrifiee,
  enregistrer,
  jumelage,
  paroleLibre,
  seances,
  seancesConcern,
  seancesEgales,
} from '../proposals/codeveloppement.js';
import type { Scene } from '../world.js';
import { evenings } from './evening.js';

const thursday = evenings('codeveloppement', 'jeudi', '17:30');

/** The circle Codéveloppement at work. */
export const codeveloppementScenes: readonly Scene[] = [
  thursday(-32, async (world, gathering) => {
    const sheet = world.sheet('codeveloppement', seances);
    await sheet.draft();
    await sheet.hear(gathering);
    await sheet.round(gathering, { objects: { carmen: deuxiemeSacrifiee } });
    const text = 'Une vraie pause, un repas, et les apprentissages à la fin de chaque consultation, sans exception.';
    await sheet.offer('mai', 'carmen', { option: 'addSafeguard', text });
  }),
  {
    name: 'une séance par mois, version 2',
    at: [-31, 'dimanche', '16:00'],
    play: (world) => world.sheet('codeveloppement', seances).amend(seancesEgales),
  },
  {
    name: 'une séance par mois, parole de Carmen',
    at: [-30, 'lundi', '08:15'],
    play: (world) => world.sheet('codeveloppement', seances).resolve('carmen'),
  },
  thursday(-28, (world, gathering) =>
    world.sheet('codeveloppement', seances).round(gathering, { concerns: { karim: seancesConcern } }),
  ),
  thursday(-23, undefined, ['jeanPhilippe']),
  thursday(-18, undefined, ['rosalie', 'karim']),
  thursday(-14),
  thursday(-10, undefined, ['karim']),
  thursday(-4, async (world, gathering) => {
    const sheet = world.sheet('codeveloppement', enregistrer);
    await sheet.draft();
    await sheet.hear(gathering);
    await sheet.round(gathering, { objects: { carmen: paroleLibre } });
  }),
  {
    name: 'enregistrer les séances, une voie',
    at: [-3, 'lundi', '19:00'],
    play: (world) =>
      world.sheet('codeveloppement', enregistrer).offer('mai', 'carmen', {
        option: 'amendText',
        text: "Au lieu d'enregistrer, que j'écrive une page des apprentissages, relue par la personne cliente avant d'être partagée.",
      }),
  },
  {
    name: 'animation, élection appelée',
    at: [-2, 'jeudi', '20:20'],
    play: (world) => world.ballot(leadingOurSessions).call('mai', world.table('codeveloppement')),
  },
  thursday(0, async (world, gathering) => {
    const ballot = world.ballot(leadingOurSessions);
    await ballot.describe(gathering);
    await ballot.nominate(gathering);
    await ballot.reveal(gathering);
    await ballot.consent(gathering, 'mai', ['rosalie']);
    const sheet = world.sheet('codeveloppement', jumelage);
    await sheet.draft();
    await sheet.present(gathering);
    await sheet.clarify(gathering);
  }),
];
