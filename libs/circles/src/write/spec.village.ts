import { endOf } from '@app/kernel';
import type { Office } from '../domain/rules.js';
import { CirclesInMemory, decidedBy, decidingPolicy, testCommunity } from '../testing.js';
import { FoundCommunity, RegisterMember, rootCircleOf } from './community.commands.js';
import { AcceptConvening, ProposeCircle } from './convening.commands.js';
import { AssignExpert } from './experts.commands.js';
import { AcceptAdmission, AcceptAimAndDomain, ActivateCircle, OfferAdmission } from './forming.commands.js';
import { StartTerm } from './offices.commands.js';

export const zone = 'America/Toronto';
export const rootId = rootCircleOf(testCommunity);
export const elders = ['ana', 'leo', 'noe', 'eve', 'dora'];
export const learners = ['marc', 'zoe', 'luc', 'lise', 'paul', 'ines'];

/** A community with an active root circle and, under it, Racines: told through the commands that everybody uses. */
export async function foundVillage(): Promise<CirclesInMemory> {
  const village = await CirclesInMemory.open('2027-01-10T15:00:00.000Z');
  await village.settled(
    new FoundCommunity(village.by('ana'), {
      name: 'Communauté de solidarité',
      zone,
      root: {
        name: 'Cercle général',
        aim: 'Relier les cercles, pour le quartier.',
        domain: ['L’écoute', 'L’accueil', 'La caisse'],
        meetingsPerYear: 6,
      },
    }),
  );
  for (const memberId of [...elders.slice(1), ...learners, 'solange', 'maya'])
    await village.execute(new RegisterMember(village.by(memberId), { memberId, invitedBy: 'ana' }));
  return village;
}

export async function join(village: CirclesInMemory, circleId: string, convener: string, people: string[]) {
  for (const memberId of people) {
    await village.execute(new OfferAdmission(village.by(convener), { circleId, memberId }));
    await village.execute(new AcceptAdmission(village.by(memberId), { circleId }));
  }
}

export const termOf = (circleId: string, office: Office, memberId: string) => ({
  circleId,
  office,
  memberId,
  from: '2027-01-10',
  to: endOf('2028-03-31', zone),
  electionId: `election-${office}-${memberId}`,
});

export async function elect(village: CirclesInMemory, circleId: string, office: Office, memberId: string) {
  await village.settled(new StartTerm(village.by(decidingPolicy), termOf(circleId, office, memberId)));
}

export async function openRoot(village: CirclesInMemory): Promise<void> {
  await join(village, rootId, 'ana', elders.slice(1));
  const circleId = rootId;
  await village.execute(
    new AcceptAimAndDomain(village.by(decidingPolicy), { circleId, decision: decidedBy('our aim') }),
  );
  await elect(village, circleId, 'facilitator', 'leo');
  await elect(village, circleId, 'secretary', 'noe');
  await elect(village, circleId, 'leader', 'ana');
  await village.settled(new ActivateCircle(village.by('ana'), { circleId }));
}

export async function itemsOf(village: CirclesInMemory, circleId: string): Promise<string[]> {
  const { domain } = await village.standings.of(circleId, testCommunity, village.clock.now());
  return domain.map(({ itemId }) => itemId);
}

export async function convene(village: CirclesInMemory, circleId = 'racines', commandId?: string): Promise<void> {
  const [listening] = await itemsOf(village, rootId);
  await village.settled(
    new ProposeCircle(village.by(decidingPolicy, commandId), {
      circleId,
      parentId: rootId,
      name: 'Cercle Racines',
      aim: 'Apprendre à écouter.',
      items: [listening!],
      leader: 'marc',
      leaderTermMonths: 12,
      category: 'practice',
      meetingsPerYear: 10,
      decision: decidedBy('convene Racines'),
    }),
  );
}

/** Everything of Racines but its second link and its activation. */
export async function gather(village: CirclesInMemory, circleId = 'racines'): Promise<void> {
  await village.execute(new AcceptConvening(village.by('marc'), { circleId }));
  await join(village, circleId, 'marc', learners.slice(1));
  const decision = decidedBy('accept our aim');
  await village.settled(new AcceptAimAndDomain(village.by(decidingPolicy), { circleId, decision }));
  const assignment = { expertId: 'solange', from: '2027-01-10', to: '2028-01-10', decision };
  await village.execute(new AssignExpert(village.by(decidingPolicy), { circleId, ...assignment }));
  await elect(village, circleId, 'facilitator', 'zoe');
  await elect(village, circleId, 'secretary', 'luc');
}

export async function openRacines(village: CirclesInMemory): Promise<void> {
  await openRoot(village);
  await convene(village);
  await gather(village);
  await elect(village, 'racines', 'secondLink', 'lise');
  await village.settled(new ActivateCircle(village.by('marc'), { circleId: 'racines' }));
}

export const standing = (village: CirclesInMemory, circleId: string) =>
  village.standings.of(circleId, testCommunity, village.clock.now());
