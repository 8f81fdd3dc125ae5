import { type Person, Ronde } from './support.js';
import { decide, elect, type Room } from './ways.js';

/** The cast of the method's scenarios, then those of the general circle. */
const names = {
  ana: 'Ana',
  marc: 'Marc',
  zoe: 'Zoé',
  luc: 'Luc',
  lise: 'Lise',
  paul: 'Paul',
  ines: 'Inès',
  solange: 'Solange',
  nadia: 'Nadia',
  omar: 'Omar',
  hugo: 'Hugo',
  denise: 'Denise',
  carole: 'Carole',
} as const;
export type Cast = Readonly<Record<keyof typeof names, Person>>;

/** The day it all began, the autumn before the scenarios. */
const beginning = '2026-10-05T22:30:00.000Z';
const termEnd = '2028-06-30';

/** Half past six in the evening in Montréal, in winter. */
export const evening = (day: string): string => `${day}T23:30:00.000Z`;

/** The community of method §11, made through GraphQL: its general circle, and Cercle Racines with seven members and an expert. */
export interface Racines {
  readonly ronde: Ronde;
  readonly cast: Cast;
  readonly general: Room;
  readonly racines: Room;
  /** Somebody new in the community, member of no circle yet. */
  newcomer(name: string, email?: string): Promise<Person>;
}

/** Marc leads, Zoé facilitates, Luc keeps the record, Lise is second link; Solange accompanies the circle. */
export async function openRacines(environment: Readonly<Record<string, string>> = {}): Promise<Racines> {
  const ronde = await Ronde.open(environment);
  ronde.itIs(beginning);
  const entries = await Promise.all(
    Object.entries(names).map(async ([key, name]) => [key, await ronde.person(name)] as const),
  );
  const cast = Object.fromEntries(entries) as Cast;
  const { nadia } = cast;
  const newcomer = async (name: string, email?: string): Promise<Person> =>
    join(nadia, await ronde.person(name, email));
  const rootCircleId = await found(nadia);
  for (const [, person] of entries) if (person !== nadia) await join(nadia, person);
  const general = await generalCircle(ronde, cast, rootCircleId);
  const racines = await cercleRacines(ronde, cast, general);
  return { ronde, cast, general, racines, newcomer };
}

async function found(founder: Person): Promise<string> {
  const { rootCircleId } = await founder.acts<{ rootCircleId: string }>('foundCommunity', {
    name: 'Communauté de solidarité',
    circleName: 'Cercle général',
    aim: 'Faire vivre un réseau d’entraide pour ses membres',
    domain: ['entraide', 'formation'],
    meetingsPerYear: 8,
  });
  founder.memberId = (await founder.gets<{ me: { member: { id: string } } }>('{ me { member { id } } }')).me.member.id;
  return rootCircleId;
}

async function join(inviter: Person, person: Person): Promise<Person> {
  const { token } = await inviter.acts<{ token: string }>('invite');
  person.memberId = (await person.acts<{ member: { id: string } }>('redeemInvitation', { token })).member.id;
  return person;
}

async function generalCircle(ronde: Ronde, cast: Cast, circleId: string): Promise<Room> {
  const { nadia, omar, hugo, denise, carole } = cast;
  const room: Room = { ronde, circleId, people: [nadia, omar, hugo, denise, carole], facilitator: nadia };
  await form(room, hugo);
  await elect(room, 'facilitator', denise, termEnd);
  room.facilitator = denise;
  await elect(room, 'secretary', hugo, termEnd);
  await elect(room, 'leader', omar, termEnd);
  await denise.acts('activateCircle', { circleId });
  return room;
}

async function cercleRacines(ronde: Ronde, cast: Cast, general: Room): Promise<Room> {
  const { ana, marc, zoe, luc, lise, paul, ines, solange } = cast;
  const { domain } = await circleOf(marc, general.circleId);
  const convened = await decide(general, cast.omar, {
    title: 'Convoquer le cercle Racines',
    text: 'Un cercle de pratique prend la formation en charge, avec Marc comme chef.',
    effect: {
      conveneCircle: {
        name: 'Cercle Racines',
        aim: 'L’accès de tous à la formation',
        items: domain.filter(({ text }) => text === 'formation').map(({ id }) => id),
        leaderId: marc.memberId,
        leaderTermMonths: 24,
        category: 'practice',
        meetingsPerYear: 10,
      },
    },
  });
  const circleId = (await circleOf(marc, general.circleId)).subCircles[0]?.id ?? `not convened by ${convened}`;
  await marc.acts('acceptConvening', { circleId });
  const room: Room = { ronde, circleId, people: [marc, ana, zoe, luc, lise, paul, ines], facilitator: marc };
  await form(room, luc);
  await elect(room, 'facilitator', zoe, termEnd);
  room.facilitator = zoe;
  await elect(room, 'secretary', luc, termEnd);
  await elect(room, 'secondLink', lise, termEnd);
  await decide(room, lise, {
    title: 'Être accompagnés par Solange',
    text: 'Solange accompagne le cercle.',
    effect: { assignExpert: { expertId: solange.memberId, from: ronde.day(), to: '2028-12-31' } },
  });
  await zoe.acts('activateCircle', { circleId });
  general.people = [...general.people, marc, lise];
  return room;
}

/** A forming circle takes its members and accepts its aim and domain; whoever convenes leads, a volunteer records. */
async function form(room: Room, volunteer: Person): Promise<void> {
  const { circleId, people, facilitator } = room;
  for (const person of people.filter((it) => it !== facilitator)) {
    await facilitator.acts('offerAdmission', { circleId, memberId: person.memberId });
    await person.acts('acceptAdmission', { circleId });
  }
  await volunteer.acts('volunteerAsSecretary', { circleId });
  await decide(room, facilitator, {
    title: 'Accepter notre but et notre domaine',
    text: 'Le cercle accepte son but et son domaine tels qu’ils lui sont proposés.',
    effect: { acceptAimAndDomain: true },
  });
}

interface Circle {
  readonly domain: readonly { readonly id: string; readonly text: string }[];
  readonly subCircles: readonly { readonly id: string }[];
}
async function circleOf(reader: Person, id: string): Promise<Circle> {
  const query = 'query ($id: ID!) { circle(id: $id) { domain { id text } subCircles { id } } }';
  return (await reader.gets<{ circle: Circle }>(query, { id })).circle;
}
