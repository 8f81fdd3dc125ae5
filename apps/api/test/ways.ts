import type { Person, Ronde } from './support.js';

/** A circle in which stories happen, and who officiates. */
export interface Room {
  readonly ronde: Ronde;
  readonly circleId: string;
  /** The members, in the order they came. */
  people: Person[];
  facilitator: Person;
}

/** Opens a meeting of everybody, or of those named. */
export async function meet(
  { circleId, people, facilitator }: Room,
  there: readonly Person[] = people,
): Promise<string> {
  const present = there.map((person) => person.memberId);
  return (await facilitator.acts<{ id: string }>('openMeeting', { circleId, present })).id;
}

export interface Matter {
  readonly title: string;
  readonly text: string;
  readonly effect?: object;
  readonly reviewOn?: string;
  readonly measures?: readonly string[];
  /** What it does to an agreement that stands. */
  readonly agreement?: object;
  readonly onMissedReview?: 'Continue' | 'Lapse';
  readonly cites?: readonly string[];
}

const why = { need: 'Nous en avons parlé sans rien décider.', example: 'En septembre, deux fois.' };

/** A proposal as read to the circle. Answers its id. */
export async function present(room: Room, meetingId: string, author: Person, matter: Matter): Promise<string> {
  const { ronde, circleId } = room;
  const { reviewOn = ronde.day(180), measures = ['présences notées'], onMissedReview, cites, ...words } = matter;
  const { id: proposalId } = await author.acts<{ id: string }>('draftProposal', { circleId, ...why, ...words });
  await author.acts('presentProposal', { proposalId, meetingId, reviewOn, measures, onMissedReview, cites });
  return proposalId;
}

/** Clarified and reacted to, up to the moment when the author may change the text. */
export async function hear(room: Room, meetingId: string, author: Person, matter: Matter): Promise<string> {
  const { facilitator, people } = room;
  const proposalId = await present(room, meetingId, author, matter);
  await facilitator.acts('openClarifying', { proposalId, meetingId });
  await facilitator.acts('openReacting', { proposalId, meetingId });
  const reacts = (person: Person): Promise<unknown> =>
    person.acts('recordReaction', { proposalId, text: `${person.name} : cela me convient.` });
  await Promise.all(people.filter((person) => person !== author).map(reacts));
  await reacts(author);
  await facilitator.acts('closeReactions', { proposalId, meetingId });
  return proposalId;
}

/** A round as its answers name it. */
export interface Round {
  readonly proposalId: string;
  readonly roundId: string;
  readonly version: number;
}

/** Opens a round on a version. */
export async function ask(room: Room, meetingId: string, proposalId: string, version = 1): Promise<Round> {
  const opening = { proposalId, meetingId, version };
  const { lastRound } = await room.facilitator.acts<{ lastRound: { id: string } }>('openConsentRound', opening);
  return { proposalId, roundId: lastRound.id, version };
}

/** A proposal that its author keeps as it is, in an open round. */
export async function askAbout(room: Room, meetingId: string, author: Person, matter: Matter): Promise<Round> {
  const proposalId = await hear(room, meetingId, author, matter);
  await author.acts('keepVersion', { proposalId });
  return ask(room, meetingId, proposalId);
}

/** Everybody named consents, each from their own device. */
export async function consent(people: readonly Person[], round: Round): Promise<void> {
  await Promise.all(people.map((person) => person.acts('giveConsent', round)));
}

/** A matter nobody objects to, from draft to decision. Answers the proposal's id. */
export async function decide(room: Room, author: Person, matter: Matter): Promise<string> {
  const meetingId = await meet(room);
  const round = await askAbout(room, meetingId, author, matter);
  await consent(room.people, round);
  await room.facilitator.acts('closeMeeting', { meetingId });
  return round.proposalId;
}

/** An election up to its first envelopes. */
export interface Election {
  readonly electionId: string;
  readonly meetingId: string;
}

export async function callElection(room: Room, office: string, cause: string, to: string): Promise<Election> {
  const { circleId, facilitator, ronde } = room;
  const meetingId = await meet(room);
  const { id: electionId } = await facilitator.acts<{ id: string }>('callElection', { circleId, office, cause });
  const role = { duties: `Servir le cercle comme ${office}.`, qualities: 'Écoute, constance.' };
  await facilitator.acts('describeRole', { electionId, meetingId, ...role, from: ronde.day(), to });
  await facilitator.acts('openNominations', { electionId, meetingId });
  return { electionId, meetingId };
}

/** Envelopes, their opening, and everybody's reason. `named`: whom each person names. */
export async function nominate(room: Room, held: Election, named: (by: Person) => Person): Promise<void> {
  const { electionId } = held;
  await Promise.all(room.people.map((it) => it.acts('nominate', { electionId, nominee: named(it).memberId })));
  await giveReasons(room, held);
}

/** From the last envelope to the moment when a name may be proposed. */
export async function giveReasons({ people, facilitator }: Room, held: Election): Promise<void> {
  await facilitator.acts('revealNominations', held);
  await facilitator.acts('openReasons', held);
  await Promise.all(people.map((it) => it.acts('giveReason', { ...held, text: `${it.name} : sa patience.` })));
  await facilitator.acts('openChanges', held);
}

/** Proposes a name, with a rationale that cites a reason given for it. */
export async function propose(lead: Person, { electionId }: Election, person: Person): Promise<object> {
  const { election } = await lead.gets<{ election: { reasons: { id: string; about: { name: string } }[] } }>(
    'query ($id: ID!) { election(id: $id) { reasons { id about { name } } } }',
    { id: electionId },
  );
  const cites = election.reasons.filter(({ about }) => about.name === person.name).map(({ id }) => id);
  return { electionId, person: person.memberId, rationale: 'Les raisons entendues.', cites };
}

/** An election without candidates in which the reasons speak for one person. */
export async function elect(room: Room, office: string, person: Person, to: string): Promise<string> {
  const { facilitator: lead, people } = room;
  const held = await callElection(room, office, 'new', to);
  await nominate(room, held, () => person);
  const { electionId } = held;
  const proposer = await leadOf(room, held);
  await proposer.acts('proposeNominee', await propose(proposer, held, person));
  const { roundId } = await proposer.acts<{ roundId: string }>('openElectionConsent', held);
  const others = people.filter((it) => it !== person);
  await Promise.all(others.map((it) => it.acts('giveElectionConsent', { electionId, roundId })));
  await person.acts('giveElectionConsent', { electionId, roundId });
  await person.acts('acceptOffice', held);
  // Who has just been elected to lead meetings leads this one to its end.
  await (office === 'facilitator' ? person : lead).acts('closeMeeting', { meetingId: held.meetingId });
  return electionId;
}

/** Who leads the proposing and consent phases. */
export async function leadOf({ people, facilitator }: Room, { electionId }: Election): Promise<Person> {
  const { election } = await facilitator.gets<{ election: { proposingLead: { id: string } } }>(
    'query ($id: ID!) { election(id: $id) { proposingLead { id } } }',
    { id: electionId },
  );
  const lead = people.find((it) => it.memberId === election.proposingLead.id);
  if (lead === undefined) throw new Error('nobody of the circle leads the proposing phase');
  return lead;
}
