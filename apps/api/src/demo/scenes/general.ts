import { convene } from '../forming.js';
import { butCodev, calendrier, contribution, contributionConcerns, datesFigees, fonds } from '../proposals/general.js';
import { fr } from '../typography.js';
import type { Scene } from '../world.js';
import { evenings } from './evening.js';

const wednesday = evenings('general', 'mercredi', '18:30');

const aim =
  'Aider chaque membre à avancer dans une situation de son travail ou de son engagement bénévole, par une consultation entre pairs où chaque personne apprend et où ce qui est confié reste protégé.';

/** The general circle, once the practice circles are at work. */
export const generalScenes: readonly Scene[] = [
  wednesday(-34),
  wednesday(-30, undefined, ['nadia']),
  wednesday(-26, (world, gathering) =>
    world.sheet('general', contribution).decide(gathering, { concerns: contributionConcerns }),
  ),
  wednesday(-22, undefined, ['fatou', 'ginette']),
  wednesday(-18, (world, gathering) =>
    world
      .sheet('general', butCodev, () => ({
        kind: 'changeAim',
        circleId: world.table('codeveloppement').circleId,
        aim: fr(aim),
      }))
      .decide(gathering),
  ),
  wednesday(-13, undefined, ['karim']),
  wednesday(-9),
  wednesday(-6, (world, gathering) => convene(world, 'releve', gathering), ['helene']),
  wednesday(-3, async (world, gathering) => {
    const sheet = world.sheet('general', calendrier);
    await sheet.draft();
    await sheet.hear(gathering);
    await sheet.round(gathering, { objects: { nadia: datesFigees } });
  }),
  wednesday(
    0,
    async (world, gathering) => {
      const sheet = world.sheet('general', fonds);
      await sheet.draft();
      await sheet.present(gathering);
    },
    ['yasmine'],
  ),
];
