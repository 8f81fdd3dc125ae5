import type { Answer, Traveller } from './client.js';

/** People in a room of one circle, the facilitator of the moment first. */
export interface Room {
  readonly circleId: string;
  readonly people: readonly Traveller[];
  facilitator: Traveller;
}

/** A community counts its days where it lives, in Québec unless its founding says otherwise. Swedes write `YYYY-MM-DD`. */
const civil = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Toronto' });
const inDays = (days: number): string => civil.format(Date.now() + days * 86_400_000);
export const today = (): string => inDays(0);

/** Opens a meeting of everybody. */
export async function meet({ circleId, people, facilitator }: Room): Promise<string> {
  const present = people.map((person) => person.memberId);
  const { id } = await facilitator.does('openMeeting', { circleId, present });
  return id;
}

export interface Matter {
  readonly title: string;
  readonly text: string;
  readonly need: string;
  readonly example: string;
  readonly effect?: object;
}

/** A proposal in every phase up to its first consent round. Answers its id. */
export async function hear(room: Room, meetingId: string, author: Traveller, matter: Matter): Promise<string> {
  const { facilitator, people, circleId } = room;
  const { id: proposalId } = await author.does('draftProposal', { circleId, ...matter });
  const plan = { reviewOn: inDays(180), measures: ['Nombre de personnes présentes'] };
  await author.does('presentProposal', { proposalId, meetingId, ...plan });
  await facilitator.does('openClarifying', { proposalId, meetingId });
  await facilitator.does('openReacting', { proposalId, meetingId });
  const others = people.filter((person) => person !== author);
  for (const person of [...others, author])
    await person.does('recordReaction', { proposalId, text: `${person.name} : cela me convient.` });
  await facilitator.does('closeReactions', { proposalId, meetingId });
  return proposalId;
}

/** Opens a round on a version; answers its id. */
export async function ask(room: Room, meetingId: string, proposalId: string, version: number): Promise<string> {
  const opened = await room.facilitator.does('openConsentRound', { proposalId, meetingId, version });
  return opened.lastRound.id;
}

/** Everybody consents, one after the other. Answers the last answer's view. */
export async function consent(people: readonly Traveller[], answer: object): Promise<Answer> {
  let last: Answer;
  for (const person of people) last = await person.does('giveConsent', answer);
  return last;
}

/** A matter nobody objects to, from draft to decision. */
export async function decide(room: Room, author: Traveller, matter: Matter): Promise<string> {
  const meetingId = await meet(room);
  const proposalId = await hear(room, meetingId, author, matter);
  await author.does('keepVersion', { proposalId });
  const roundId = await ask(room, meetingId, proposalId, 1);
  const { phase } = await consent(room.people, { proposalId, roundId, version: 1 });
  if (phase !== 'Decided') throw new Error(`${matter.title}: ${phase}`);
  await room.facilitator.does('closeMeeting', { meetingId });
  return proposalId;
}

/** An election without candidates in which the reasons speak for one person. The lead passes when the lead is named. */
export async function elect(room: Room, office: string, person: Traveller): Promise<void> {
  const { circleId, people, facilitator } = room;
  const meetingId = await meet(room);
  const { id: electionId } = await facilitator.does('callElection', { circleId, office, seat: 1, cause: 'new' });
  const term = { from: today(), to: inDays(364) };
  const role = { duties: `Servir le cercle comme ${office}.`, qualities: 'Écoute, constance.' };
  await facilitator.does('describeRole', { electionId, meetingId, ...role, ...term });
  await facilitator.does('openNominations', { electionId, meetingId });
  for (const voter of people) await voter.does('nominate', { electionId, nominee: person.memberId });
  await facilitator.does('revealNominations', { electionId, meetingId });
  await facilitator.does('openReasons', { electionId, meetingId });
  for (const voter of people)
    await voter.does('giveReason', { electionId, meetingId, text: `${voter.name} : sa patience et sa clarté.` });
  const changing = await facilitator.does('openChanges', { electionId, meetingId });
  const proposer = await proposing(room, electionId, facilitator);
  const cites = [changing.reasons[0].id];
  const proposed = { electionId, meetingId, person: person.memberId, rationale: 'Les raisons entendues.', cites };
  await proposer.does('proposeNominee', proposed);
  const { roundId } = await proposer.does('openElectionConsent', { electionId, meetingId });
  const nomineeLast = [...people.filter((it) => it !== person), person];
  for (const voter of nomineeLast) await voter.does('giveElectionConsent', { electionId, meetingId, roundId });
  await person.does('acceptOffice', { electionId, meetingId });
  // Who has just been elected to lead meetings leads this one to its end.
  const leads = office === 'facilitator' ? person : facilitator;
  await leads.does('closeMeeting', { meetingId });
}

/** Who leads the proposing and consent phases now. */
async function proposing({ people }: Room, electionId: string, reader: Traveller): Promise<Traveller> {
  const { election } = await reader.reads('query ($id: ID!) { election(id: $id) { proposingLead { id } } }', {
    id: electionId,
  });
  const lead = people.find((it) => it.memberId === election.proposingLead.id);
  if (lead === undefined) throw new Error('nobody leads the proposing phase');
  return lead;
}
