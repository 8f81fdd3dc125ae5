import { AcceptAdmission, AcceptConvening, ActivateCircle, OfferAdmission, VolunteerAsSecretary } from '@app/circles';
import { derivedId } from '@app/kernel';
import type { ElectionText } from './ballot.js';
import { type CircleName, convened } from './circles.js';
import { gather, type Gathering, meet, part } from './gathering.js';
import type { Who } from './people.js';
import { accompaniment, type Accompanied, acceptances, convening } from './proposals/foundations.js';
import { fr } from './typography.js';
import type { World } from './world.js';

export type SubCircle = Exclude<CircleName, 'general'>;

/** The general circle decides that a circle is to be; it exists from that moment. */
export async function convene(world: World, name: SubCircle, gathering: Gathering): Promise<void> {
  const { leader, items, meetingsPerYear, ...circle } = convened[name];
  const sheet = world.sheet('general', convening(name, convened[name]), () => ({
    kind: 'conveneCircle',
    name: fr(circle.name),
    aim: fr(circle.aim),
    meetingsPerYear,
    items: items.map((place) => world.item(place)),
    leader: world.stage.member(leader),
    leaderTermMonths: 12,
    category: 'practice',
  }));
  await sheet.decide(gathering);
  const circleId = derivedId('convened circle', sheet.proposalId);
  world.becomes(name, { circleId, members: [leader], facilitator: leader, secretary: leader });
}

/** The convener takes up the task and offers places; those who accept are members; one of them keeps the record for now. */
export async function begin(
  world: World,
  name: SubCircle,
  offered: readonly Who[],
  accepting: readonly Who[],
  scribe: Who,
) {
  const { stage } = world;
  const { circleId, facilitator: convener } = world.table(name);
  await stage.act(convener, `${name} convener`, (caller) => new AcceptConvening(caller, { circleId }));
  await admit(world, { circleId, convener }, offered, accepting);
  await stage.act(scribe, `${name} scribe`, (caller) => new VolunteerAsSecretary(caller, { circleId }));
  world.becomes(name, { members: [convener, ...accepting], secretary: scribe });
}

/** Places are offered, and accepted personally. */
export async function admit(
  { stage }: World,
  { circleId, convener }: { circleId: string; convener: Who },
  offered: readonly Who[],
  accepting: readonly Who[] = offered,
): Promise<void> {
  for (const who of offered) {
    const input = { circleId, memberId: stage.member(who) };
    await stage.act(convener, `${circleId} offer ${who}`, (caller) => new OfferAdmission(caller, input));
  }
  for (const who of accepting)
    await stage.act(who, `${circleId} accept ${who}`, (caller) => new AcceptAdmission(caller, { circleId }));
}

/** The first meeting of a practice circle: it accepts its aim, then asks the expert to accompany it. */
export async function firstMeeting(world: World, name: keyof typeof acceptances, asked: Accompanied): Promise<void> {
  const { stage } = world;
  const expert = () => ({
    kind: 'assignExpert' as const,
    expertId: stage.member('louise'),
    from: stage.today(),
    to: stage.today(365),
  });
  await meet(stage, `${name} 1`, world.table(name), async (gathering) => {
    await world.sheet(name, acceptances[name], () => ({ kind: 'acceptAimAndDomain' })).decide(gathering);
    await world.sheet(name, accompaniment(asked), expert).decide(gathering);
  });
}

/** The second: officers are elected one after the other, each leading as soon as they are in office, and the circle is at work. */
export async function officersElected(
  world: World,
  name: CircleName,
  elections: readonly ElectionText[],
): Promise<void> {
  const { stage } = world;
  const before = world.table(name);
  const gathering = await gather(stage, `${name} 2`, before);
  for (const text of elections) {
    await world.ballot(text).hold({ ...gathering, facilitator: world.table(name).facilitator });
    if (text.office === 'facilitator') world.becomes(name, { facilitator: text.person });
    if (text.office === 'secretary') world.becomes(name, { secretary: text.person });
  }
  const { circleId } = before;
  await stage.act(before.facilitator, `${name} activate`, (caller) => new ActivateCircle(caller, { circleId }));
  const { facilitator } = world.table(name);
  await part(stage, `${name} 2`, { ...gathering, facilitator });
}
