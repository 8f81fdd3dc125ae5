import { randomUUID } from 'node:crypto';
import { Client, Traveller } from './client.js';
import { ask, consent, decide, elect, hear, meet, type Room, today } from './ways.js';

const names = ['Ana', 'Marc', 'Zoé', 'Luc', 'Lise', 'Paul', 'Solange'] as const;
const password = 'un chemin de sept personnes';
const say = (step: string): void => console.log(`— ${step}`);

/** A link that works once. One that was made, and lost on its way back, is made anew. */
async function invitation(inviter: Traveller): Promise<string> {
  const answer = await inviter.tries('invite', {});
  if (answer.code === 'SECRET_ALREADY_SHOWN') return invitation(inviter);
  return answer.token;
}

/** Seven accounts, one community: the first founds it, the others come by invitation. */
export async function gather(client: Client): Promise<Traveller[]> {
  const run = randomUUID().slice(0, 8);
  const address = (name: string): string => `${name.toLowerCase().replace('é', 'e')}.${run}@ronde.example`;
  const [founder] = names;
  await client.post('/api/auth/sign-up/email', { name: founder, email: address(founder), password });
  const ana = await Traveller.signIn(client, founder, address(founder), password);
  const founding = { name: `Communauté ${run}`, circleName: 'Cercle général', meetingsPerYear: 8 };
  const root = { aim: 'Faire vivre un réseau d’entraide pour ses membres', domain: ['entraide', 'formation'] };
  await ana.does('foundCommunity', { ...founding, ...root });
  say('Ana a fondé une communauté et convoque son cercle général.');
  const people = [ana];
  for (const name of names.slice(1)) {
    const token = await invitation(ana);
    const account = { name, email: address(name), password };
    const redeem = 'mutation ($input: RedeemInvitationInput!) { redeemInvitation(input: $input) { __typename } }';
    await client.ask(undefined, redeem, { input: { token, account } });
    const person = await Traveller.signIn(client, name, address(name), password);
    // Where the first attempt was cut short there is an account that does not belong here yet.
    await person.reads(redeem, { input: { token } });
    people.push(person);
  }
  for (const person of people) person.memberId = (await person.reads('{ me { member { id } } }')).me.member.id;
  say('Six personnes sont venues par un lien qui ne sert qu’une fois.');
  return people;
}

/** A forming circle takes its first members, accepts its aim and domain. The convener leads, a volunteer records. */
async function form(room: Room, volunteer: Traveller): Promise<void> {
  const { circleId, people, facilitator } = room;
  for (const person of people.filter((it) => it !== facilitator)) {
    await facilitator.does('offerAdmission', { circleId, memberId: person.memberId });
    await person.does('acceptAdmission', { circleId });
  }
  await volunteer.does('volunteerAsSecretary', { circleId });
  await decide(room, facilitator, {
    title: 'Accepter notre but et notre domaine',
    text: 'Le cercle accepte son but et son domaine tels qu’ils lui sont proposés.',
    need: 'Un cercle agit après avoir accepté son but.',
    example: 'Sans cela, nous ne saurions dire oui à rien.',
    effect: { acceptAimAndDomain: true },
  });
}

/** The general circle: it elects its own leader, and has no second link. */
export async function generalCircle(people: readonly Traveller[]): Promise<Room> {
  const [ana, marc, zoe, luc] = people as [Traveller, Traveller, Traveller, Traveller];
  const { organisation } = await ana.reads('{ organisation { rootCircle { id } } }');
  const room: Room = { circleId: organisation.rootCircle.id, people: people.slice(0, 6), facilitator: ana };
  await form(room, luc);
  say('Le cercle général a accepté son but et son domaine, par consentement.');
  await elect(room, 'facilitator', zoe);
  room.facilitator = zoe;
  await elect(room, 'secretary', luc);
  await elect(room, 'leader', marc);
  await zoe.does('activateCircle', { circleId: room.circleId });
  say('Zoé, Luc et Marc sont élus sans candidature; le cercle général est actif.');
  return room;
}

/** A practice circle convened by decision, formed, its links seated in the general circle. */
async function practiceCircle(general: Room, people: readonly Traveller[]): Promise<Room> {
  const [ana, marc, zoe, luc, lise, paul, solange] = people as readonly [...Traveller[], Traveller] & Traveller[];
  const found = await zoe!.reads('query ($id: ID!) { circle(id: $id) { domain { id text } } }', {
    id: general.circleId,
  });
  await decide(general, marc!, {
    title: 'Convoquer le cercle Racines',
    text: 'Un cercle de pratique prend la formation en charge, avec Paul comme chef.',
    need: 'La formation demande une attention que le cercle général n’a plus.',
    example: 'En mars, deux ateliers ont été annulés faute de suivi.',
    effect: {
      conveneCircle: {
        name: 'Racines',
        aim: 'Apprendre ensemble la sociocratie pour nos membres',
        items: [found.circle.domain.find((it: { text: string }) => it.text === 'formation').id],
        leaderId: paul!.memberId,
        category: 'practice',
        meetingsPerYear: 8,
      },
    },
  });
  const { circle } = await paul!.reads('query ($id: ID!) { circle(id: $id) { subCircles { id } } }', {
    id: general.circleId,
  });
  const room: Room = {
    circleId: circle.subCircles[0].id,
    people: [paul!, ana!, zoe!, luc!, lise!],
    facilitator: paul!,
  };
  await paul!.does('acceptConvening', { circleId: room.circleId });
  await form(room, luc!);
  say('Racines, convoqué par décision, a ses membres; Paul en est confirmé chef.');
  await elect(room, 'facilitator', zoe!);
  room.facilitator = zoe!;
  await elect(room, 'secretary', luc!);
  await elect(room, 'secondLink', lise!);
  const expert = { expertId: solange!.memberId, from: today(), to: `${new Date().getFullYear() + 1}-12-31` };
  await decide(room, lise!, {
    title: 'Être accompagnés par Solange',
    text: 'Solange accompagne le cercle jusqu’à la fin de l’an prochain.',
    need: 'Un regard extérieur nous aide à apprendre.',
    example: 'Notre dernier tour a duré deux heures.',
    effect: { assignExpert: expert },
  });
  await zoe!.does('activateCircle', { circleId: room.circleId });
  say('Racines est actif : Lise y est second lien et siège désormais au cercle général.');
  return room;
}

/** A proposal that an objection makes better, to an agreement in force. */
async function integrate(room: Room, people: readonly Traveller[]): Promise<string> {
  const [ana, , zoe, , lise] = people as [Traveller, Traveller, Traveller, Traveller, Traveller];
  const meetingId = await meet(room);
  const proposalId = await hear(room, meetingId, ana, {
    title: 'Frais de 40 $ par atelier',
    text: 'Chaque atelier coûte 40 $.',
    need: 'La salle se paie.',
    example: 'La salle de janvier a coûté 240 $.',
  });
  await ana.does('keepVersion', { proposalId });
  const first = await ask(room, meetingId, proposalId, 1);
  await consent(
    room.people.filter((it) => it !== lise),
    { proposalId, roundId: first, version: 1 },
  );
  const words = {
    kind: 'HindersCircleAim',
    argument: 'Les personnes sans revenu partiront.',
    affects: 'Notre but : apprendre ensemble.',
  };
  await lise.does('raiseObjection', { proposalId, roundId: first, version: 1, ...words });
  say('Lise a une objection argumentée : elle ouvre la proposition au lieu de la fermer.');
  const { proposal } = await lise.reads('query ($id: ID!) { proposal(id: $id) { objections { nodes { id } } } }', {
    id: proposalId,
  });
  const objectionId = proposal.objections.nodes[0].id;
  const half = { proposalId, objectionId, option: 'amendText', text: 'Demi-tarif sur demande.' };
  await zoe.does('proposeIntegration', half);
  const text = 'Chaque atelier coûte 40 $, ou 20 $ sur simple demande.';
  const why = 'Pour que personne ne parte.';
  await ana.does('amendProposal', {
    proposalId,
    baseVersion: 1,
    text,
    why,
    substantial: false,
    objectionIds: [objectionId],
  });
  await lise.does('confirmResolved', { proposalId, objectionId, version: 2 });
  const second = await ask(room, meetingId, proposalId, 2);
  const stale = await zoe.tries('giveConsent', { proposalId, roundId: first, version: 1 });
  say(`Une réponse à la version 1 est refusée : ${stale.message}`);
  const { phase } = await consent(room.people, { proposalId, roundId: second, version: 2 });
  await zoe.does('closeMeeting', { meetingId });
  say(`Tout le monde a répondu à la version 2 : ${phase}.`);
  return proposalId;
}

/** Reads it all again: the agreement, the trail in words, the past, the check of the record. */
async function readAgain(room: Room, reader: Traveller): Promise<void> {
  const query = `query ($id: ID!) {
    circle(id: $id) { name strength members { member { name } offices linksOf { link } } offices { office holder { name } endsOn } parent { persons } }
    logEntries(circleId: $id) { nodes { label } }
    auditTrail(circleId: $id, first: 5) { nodes { fr en } }
    organisation(asOf: "2020-01-01T00:00:00Z") { asOf }
    verifyAuditTrail { whole events seals message } }`;
  const { circle, logEntries, auditTrail, organisation, verifyAuditTrail } = await reader.reads(query, {
    id: room.circleId,
  });
  const offices = circle.offices.map(
    (it: { office: string; holder: { name: string } }) => `${it.office} ${it.holder.name}`,
  );
  say(`${circle.name} (${circle.strength}) : ${offices.join(', ')}.`);
  say(`Cahier de bord : ${logEntries.nodes.map((it: { label: string }) => it.label).join(', ')}.`);
  for (const entry of auditTrail.nodes) console.log(`    ${entry.fr}\n    ${entry.en}`);
  if (organisation !== null) throw new Error('there was no community in 2020');
  say(verifyAuditTrail.message);
  if (!verifyAuditTrail.whole) throw new Error('the record does not hold');
}

/**
 * The journey of a community, told step by step against a running server (`RONDE_URL`, http://127.0.0.1:3000 unless said), or against
 * several that take turns (separated by spaces).
 */
export async function run(): Promise<number> {
  const url = (process.env['RONDE_URL'] ?? 'http://127.0.0.1:3000').replace(/\/+(?=\s|$)/g, '');
  const urls = url.split(/\s+/).filter((it) => it !== '');
  try {
    // Once a server was there, the client waits for it to come back; at the beginning nobody would.
    for (const each of urls) await fetch(`${each}/health/live`);
    return await travel(new Client(urls));
  } catch (error) {
    // fetch says why in the cause.
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    console.error(`ronde: the journey through ${url} stopped: ${why}`);
    if (cause !== undefined) console.error('ronde: start a server with "npm start", or name one in RONDE_URL.');
    return 1;
  }
}

async function travel(client: Client): Promise<number> {
  const people = await gather(client);
  const general = await generalCircle(people);
  const racines = await practiceCircle(general, people);
  await integrate(racines, people);
  const [, , zoe, , lise] = people as [Traveller, Traveller, Traveller, Traveller, Traveller];
  await readAgain(racines, zoe);
  await lise.does('eraseMyData', { understood: true });
  const { verifyAuditTrail } = await zoe.reads('{ verifyAuditTrail { whole message } }');
  say(`Lise est oubliée à sa demande. ${verifyAuditTrail.message}`);
  return verifyAuditTrail.whole ? 0 : 1;
}
