import { openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { ask, askAbout, callElection, consent, decide, leadOf, meet, nominate, propose } from './ways.js';
import type { Election, Room, Round } from './ways.js';

const termEnd = '2028-12-31';

/** An objection in an open round, or one that waits to be integrated. */
export interface Objected extends Round {
  readonly meetingId: string;
  readonly objectionId: string;
}

export interface AskedElection extends Election {
  readonly roundId: string;
}

/** Cercle Racines with people around it who stand to it in every way there is, and one matter that it decided over an objection. */
export interface LivingCircle extends Racines {
  readonly communityId: string;
  /** Of the community, and of no circle. */
  readonly colin: Person;
  /** Was a member of the circle, and left it. */
  readonly theo: Person;
  /** Of another community, which she founded. */
  readonly salma: Person;
  /** Inès objected to its first version; the second is an agreement, with a concern of Luc’s. Théo was there. */
  readonly integrated: Omit<Objected, 'meetingId'>;
}

/** Inès objects; Paul has not been heard since. Everybody else did all that was asked of them. */
export interface OpenMatters {
  /** In a round in which Inès objected and the others consented. */
  readonly objected: Objected;
  /** In a round in which everybody but Paul consented. */
  readonly unanswered: Round & { readonly meetingId: string };
  /** After a round in which Inès objected and everybody was heard; all the others are asked whether it is an objection. */
  readonly integrating: Objected;
  /** Everybody but Paul has reacted. */
  readonly reacting: { readonly proposalId: string; readonly meetingId: string; readonly questionId: string };
  /** Ana’s own. */
  readonly draft: { readonly proposalId: string };
  /** Everybody but Paul has put a name into an envelope. */
  readonly nominating: Election;
  /** Ana is proposed, and nobody asked yet. */
  readonly proposed: Election;
  /** Ana is proposed; Inès objected, Paul and Ana have not answered. */
  readonly electionObjected: AskedElection & { readonly objectionId: string };
  /** Ana is proposed; Inès objected, and everybody was heard. */
  readonly electionIntegrating: AskedElection & { readonly objectionId: string };
  /** Paul was elected, and has not said whether he accepts. */
  readonly accepting: AskedElection;
  /** Convened by Racines, with Paul to lead it; he has not said whether he does. */
  readonly semisId: string;
}

export async function livingCircle(environment: Readonly<Record<string, string>> = {}): Promise<LivingCircle> {
  const opened = await openRacines(environment);
  const { ronde, racines, cast, newcomer } = opened;
  const [colin, theo, salma] = [await newcomer('Colin'), await newcomer('Théo'), await ronde.person('Salma')];
  await salma.acts('foundCommunity', {
    ...{ name: 'Ailleurs', circleName: 'Autre cercle', aim: 'Vivre ailleurs', domain: ['tout'], meetingsPerYear: 6 },
  });
  const { me } = await salma.gets<{ me: { member: { id: string } } }>('{ me { member { id } } }');
  salma.memberId = me.member.id;
  await decide(racines, cast.ana, {
    ...{ title: 'Accueillir Théo', text: 'Théo devient membre.', effect: { admitMember: { memberId: theo.memberId } } },
  });
  const integrated = await integrate({ ...racines, people: [...racines.people, theo] }, opened);
  await theo.acts('leaveCircle', { circleId: racines.circleId });
  const mine = await colin.gets<{ organisation: { community: { id: string } } }>(
    '{ organisation { community { id } } }',
  );
  return { ...opened, communityId: mine.organisation.community.id, colin, theo, salma, integrated };
}

const objection = {
  ...{ kind: 'HindersCircleAim', argument: 'Les personnes sans revenu partiront.', affects: 'Notre but.' },
};

async function integrate(room: Room, { cast: { ana, ines, luc } }: Racines): Promise<LivingCircle['integrated']> {
  const meetingId = await meet(room);
  const matter = { title: 'Frais de 40 $', text: 'Chaque atelier coûte 40 $.' };
  const { objectionId, ...round } = await object(room, await askAbout(room, meetingId, ana, matter), ines);
  const { proposalId } = round;
  await room.facilitator.acts('proposeIntegration', { proposalId, objectionId, option: 'amendText' });
  const words = { text: 'Chaque atelier coûte 40 $, ou 20 $ sur demande.', why: 'Pour que personne ne parte.' };
  await ana.acts('amendProposal', { proposalId, baseVersion: 1, objectionIds: [objectionId], ...words });
  await ines.acts('confirmResolved', { proposalId, objectionId, version: 2 });
  const second = await ask(room, meetingId, proposalId, 2);
  await luc.acts('giveConsent', { ...second, concern: 'Le stationnement.' });
  await consent(
    room.people.filter((it) => it !== luc),
    second,
  );
  await room.facilitator.acts('closeMeeting', { meetingId });
  return { ...round, objectionId };
}

/** One person objects, the others of the room consent. */
async function object(room: Room, round: Round, by: Person): Promise<Round & { objectionId: string }> {
  await by.acts('raiseObjection', { ...round, ...objection });
  await consent(
    room.people.filter((it) => it !== by),
    round,
  );
  const { proposal } = await by.gets<{ proposal: { objections: { nodes: { id: string }[] } } }>(
    'query ($id: ID!) { proposal(id: $id) { objections { nodes { id } } } }',
    { id: round.proposalId },
  );
  return { ...round, objectionId: proposal.objections.nodes[0]?.id ?? '' };
}

/** What the circle has begun and not ended when Paul is away. */
export async function openMatters({ racines, cast }: LivingCircle): Promise<OpenMatters> {
  const { ana, ines, paul } = cast;
  const semisId = await convene(racines, paul);
  const accepting = await acceptingOf(racines, paul);
  const electionIntegrating = await electionObjectedOf(racines, 'facilitator', ana, ines);
  const { electionId, roundId } = electionIntegrating;
  await ana.acts('giveElectionConsent', { electionId, roundId });
  const together = await meet(racines);
  const asked = await askAbout(racines, together, ana, { title: 'Deux salles', text: 'Nous louons deux salles.' });
  const integrating = { ...(await object(racines, asked, ines)), meetingId: together };
  const { proposalId, objectionId } = integrating;
  await paul.acts('requestObjectionTest', { proposalId, objectionId });
  const here: Room = { ...racines, people: racines.people.filter((it) => it !== paul) };
  const meetingId = await meet(here);
  const first = await askAbout(racines, meetingId, ana, { title: 'Le jeudi', text: 'Nous nous voyons le jeudi.' });
  const objected = { ...(await object(here, first, ines)), meetingId };
  const second = await askAbout(racines, meetingId, ana, { title: 'Le goûter', text: 'Chacun apporte quelque chose.' });
  await consent(here.people, second);
  const draft = { circleId: racines.circleId, title: 'Brouillon', text: 'Pas encore montré.' };
  const { id } = await ana.acts<{ id: string }>('draftProposal', draft);
  return {
    ...{ semisId, accepting, integrating, objected, unanswered: { ...second, meetingId }, draft: { proposalId: id } },
    reacting: await reactingOf(here, meetingId, ana),
    nominating: await nominatingOf(here, ana),
    proposed: await proposedOf(here, 'secretary', ana),
    electionObjected: await electionObjectedOf(here, 'secondLink', ana, ines),
    electionIntegrating,
  };
}

async function convene(room: Room, leader: Person): Promise<string> {
  const query = 'query ($id: ID!) { circle(id: $id) { domain { id } subCircles { id } } }';
  type Read = { circle: { domain: { id: string }[]; subCircles: { id: string }[] } };
  const { circle } = await leader.gets<Read>(query, { id: room.circleId });
  await decide(room, leader, {
    title: 'Convoquer le cercle Semis',
    text: 'Un cercle prend la formation en charge.',
    effect: {
      conveneCircle: {
        ...{ name: 'Semis', aim: 'Former', items: circle.domain.map((it) => it.id), leaderId: leader.memberId },
        ...{ category: 'practice', meetingsPerYear: 6 },
      },
    },
  });
  return (await leader.gets<Read>(query, { id: room.circleId })).circle.subCircles[0]?.id ?? '';
}

async function reactingOf(room: Room, meetingId: string, author: Person): Promise<OpenMatters['reacting']> {
  const { facilitator, people, circleId, ronde } = room;
  const words = { title: 'Un jardin', text: 'Nous plantons.', need: 'De l’ombre.', example: 'En juillet.' };
  const { id: proposalId } = await author.acts<{ id: string }>('draftProposal', { circleId, ...words });
  await author.acts('presentProposal', { proposalId, meetingId, reviewOn: ronde.day(180), measures: ['arbres'] });
  await facilitator.acts('openClarifying', { proposalId, meetingId });
  await facilitator.acts('askClarification', { proposalId, text: 'Combien d’arbres ?' });
  const { proposal } = await author.gets<{ proposal: { questions: { nodes: { id: string }[] } } }>(
    'query ($id: ID!) { proposal(id: $id) { questions { nodes { id } } } }',
    { id: proposalId },
  );
  const questionId = proposal.questions.nodes[0]?.id ?? '';
  await author.acts('answerClarification', { proposalId, questionId, text: 'Six.' });
  await facilitator.acts('openReacting', { proposalId, meetingId });
  await Promise.all(
    people.filter((it) => it !== author).map((it) => it.acts('recordReaction', { proposalId, text: 'Bien.' })),
  );
  return { proposalId, meetingId, questionId };
}

async function nominatingOf(room: Room, nominee: Person): Promise<Election> {
  const held = await callElection(room, 'facilitator', 'expiry', termEnd);
  const { electionId } = held;
  await Promise.all(room.people.map((it) => it.acts('nominate', { electionId, nominee: nominee.memberId })));
  return held;
}

async function proposedOf(room: Room, office: string, nominee: Person): Promise<Election> {
  const held = await callElection(room, office, 'expiry', termEnd);
  await nominate(room, held, () => nominee);
  const lead = await leadOf(room, held);
  await lead.acts('proposeNominee', await propose(lead, held, nominee));
  return held;
}

async function askedOf(room: Room, office: string, nominee: Person): Promise<AskedElection> {
  const held = await proposedOf(room, office, nominee);
  const lead = await leadOf(room, held);
  return { ...held, roundId: (await lead.acts<{ roundId: string }>('openElectionConsent', held)).roundId };
}

async function electionObjectedOf(
  room: Room,
  office: string,
  nominee: Person,
  by: Person,
): Promise<OpenMatters['electionObjected']> {
  const asked = await askedOf(room, office, nominee);
  const { electionId, roundId } = asked;
  await by.acts('raiseElectionObjection', { electionId, roundId, argument: 'Elle en porte déjà beaucoup.' });
  const others = room.people.filter((it) => it !== by && it !== nominee);
  await Promise.all(others.map((it) => it.acts('giveElectionConsent', { electionId, roundId })));
  const { election } = await by.gets<{ election: { objections: { nodes: { id: string }[] } } }>(
    'query ($id: ID!) { election(id: $id) { objections { nodes { id } } } }',
    { id: electionId },
  );
  return { ...asked, objectionId: election.objections.nodes[0]?.id ?? '' };
}

async function acceptingOf(room: Room, nominee: Person): Promise<AskedElection> {
  const asked = await askedOf(room, 'secretary', nominee);
  const { electionId, roundId } = asked;
  const others = room.people.filter((it) => it !== nominee);
  await Promise.all(others.map((it) => it.acts('giveElectionConsent', { electionId, roundId })));
  await nominee.acts('giveElectionConsent', { electionId, roundId });
  return asked;
}
