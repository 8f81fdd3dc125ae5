import { FoundCommunity } from '@app/circles';
import { community, convened, founders } from '../circles.js';
import { codeveloppementElections } from '../elections/codeveloppement.js';
import { entraideElections } from '../elections/entraide.js';
import { generalElections } from '../elections/general.js';
import { leadershipElections } from '../elections/leadership.js';
import { admit, begin, convene, firstMeeting, officersElected } from '../forming.js';
import { meet } from '../gathering.js';
import type { Who } from '../people.js';
import { accompaniments, acceptances } from '../proposals/foundations.js';
import { fr } from '../typography.js';
import type { Scene, World } from '../world.js';

const [founder] = founders as [Who];
const [withEntraide, withCodeveloppement, withLeadership] = accompaniments;

async function found(world: World): Promise<void> {
  const { stage } = world;
  const { root } = community;
  const said = { ...root, aim: fr(root.aim), domain: root.domain.map(fr) };
  await world.join([founder]);
  await stage.act(founder, 'found', (caller) => new FoundCommunity(caller, { ...community, root: said }));
  await world.join(founders.slice(1), founder);
  const circleId = world.rootCircleId;
  world.becomes('general', { circleId, members: founders, facilitator: founder, secretary: founder });
  await admit(world, { circleId, convener: founder }, founders.slice(1));
  await meet(stage, 'general 1', world.table('general'), (gathering) =>
    world.sheet('general', acceptances.general, () => ({ kind: 'acceptAimAndDomain' })).decide(gathering),
  );
}

/** Who comes by whom, and the first two meetings of a practice circle; then its second link sits in the general circle. */
async function atWork(world: World, name: 'entraide' | 'codeveloppement' | 'leadership', link: Who): Promise<void> {
  const elections = {
    entraide: entraideElections,
    codeveloppement: codeveloppementElections,
    leadership: leadershipElections,
  }[name];
  await officersElected(world, name, elections);
  world.becomes('general', { members: [...world.table('general').members, link] });
}

const entraide: readonly Who[] = ['salma', 'antoine', 'ginette', 'marcAndre', 'naomi', 'maite'];
const codeveloppement: readonly Who[] = ['yasmine', 'pierre', 'mai', 'rosalie', 'jeanPhilippe', 'carmen'];
const leadership: readonly Who[] = ['jade', 'david', 'nadia', 'wilner'];

/** From the founding to three practice circles at work, in ten weeks. */
export const foundingScenes: readonly Scene[] = [
  { name: 'fondation', at: [-44, 'samedi', '09:30'], play: found },
  {
    name: 'premières élections',
    at: [-44, 'samedi', '13:30'],
    play: (world) => officersElected(world, 'general', generalElections),
  },
  {
    name: 'convoquer Entraide et Codéveloppement',
    at: [-42, 'mercredi', '18:30'],
    play: (world) =>
      meet(world.stage, 'general 3', world.table('general'), async (gathering) => {
        await convene(world, 'entraide', gathering);
        await convene(world, 'codeveloppement', gathering);
      }),
  },
  {
    name: 'arrivées à Entraide',
    at: [-41, 'samedi', '10:00'],
    play: (world) => world.join([...entraide, 'louise'], convened.entraide.leader),
  },
  {
    name: 'convoquer Leadership contributif',
    at: [-40, 'mercredi', '18:30'],
    play: (world) =>
      meet(world.stage, 'general 4', world.table('general'), (gathering) => convene(world, 'leadership', gathering)),
  },
  {
    name: 'arrivées à Codéveloppement',
    at: [-40, 'samedi', '10:00'],
    play: (world) => world.join(codeveloppement, convened.codeveloppement.leader),
  },
  {
    name: 'Entraide se forme',
    at: [-39, 'mardi', '18:45'],
    play: async (world) => {
      await begin(world, 'entraide', entraide, entraide, 'antoine');
      await firstMeeting(world, 'entraide', withEntraide);
    },
  },
  { name: 'Entraide au travail', at: [-38, 'mardi', '19:00'], play: (world) => atWork(world, 'entraide', 'ginette') },
  {
    name: 'Codéveloppement se forme',
    at: [-38, 'jeudi', '17:30'],
    play: async (world) => {
      const members: readonly Who[] = [...codeveloppement, 'karim'];
      await begin(world, 'codeveloppement', members, members, 'mai');
      await firstMeeting(world, 'codeveloppement', withCodeveloppement);
    },
  },
  {
    name: 'arrivées à Leadership contributif',
    at: [-38, 'samedi', '10:00'],
    play: (world) => world.join(leadership, convened.leadership.leader),
  },
  {
    name: 'Codéveloppement au travail',
    at: [-37, 'jeudi', '17:30'],
    play: (world) => atWork(world, 'codeveloppement', 'yasmine'),
  },
  {
    name: 'Leadership contributif se forme',
    at: [-36, 'lundi', '18:30'],
    play: async (world) => {
      const members: readonly Who[] = [...leadership, 'maite'];
      await begin(world, 'leadership', members, members, 'david');
      await firstMeeting(world, 'leadership', withLeadership);
    },
  },
  {
    name: 'Leadership contributif au travail',
    at: [-35, 'lundi', '18:30'],
    play: (world) => atWork(world, 'leadership', 'nadia'),
  },
];
