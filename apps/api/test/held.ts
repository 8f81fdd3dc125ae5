import type { LivingCircle, OpenMatters } from './living-circle.js';
import type { Person } from './support.js';

/** What the acts of some people must leave as it is, whatever they try. */
export interface Held {
  /** The objections that were open, with what became of them. */
  readonly objections: Readonly<Record<string, string>>;
  /** Everything that the absent person has said, each as one line. */
  readonly saidByTheAbsent: readonly string[];
  /** Events of the circle that make policy, or an officer. */
  readonly decisions: readonly string[];
  readonly elections: readonly string[];
  readonly agreements: readonly string[];
  /** The review date of each agreement in force. */
  readonly reviews: Readonly<Record<string, string>>;
  readonly log: readonly string[];
  /** By circle, who has a place in it. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Who leads, by circle, and the circles whose convener has not spoken. */
  readonly leaders: readonly string[];
  /** Who holds an office, or acts in it, by circle. */
  readonly offices: readonly string[];
}

const same = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);
const more = (a: readonly string[], b: readonly string[]): string[] => b.filter((it) => !a.includes(it));

/** By invariant, what was broken between two moments. Empty where everything held. */
export const broken: Readonly<Record<string, (before: Held, after: Held) => readonly string[]>> = {
  'INV-17': (before, after) => more(before.leaders, after.leaders),
  'INV-23': (before, after) =>
    Object.entries(after.members).flatMap(([circle, people]) =>
      more(before.members[circle] ?? [], people).map((person) => `${person} became a member of ${circle}`),
    ),
  'INV-25': (before, after) => more(before.offices, after.offices),
  'INV-30': (before, after) => [
    ...more(before.decisions, after.decisions),
    ...more(before.agreements, after.agreements),
  ],
  'INV-38': (before, after) =>
    Object.entries(before.objections)
      .filter(([id, status]) => after.objections[id] !== status)
      .map(([id]) => `the objection ${id} is ${after.objections[id] ?? 'gone'}`),
  'INV-44': (before, after) => more(before.saidByTheAbsent, after.saidByTheAbsent),
  'INV-50': (before, after) =>
    Object.entries(before.reviews)
      .filter(([id, day]) => after.reviews[id] !== day)
      .map(([id]) => `${id} is reviewed on ${after.reviews[id] ?? 'no day'}`),
  'INV-52': (before, after) => (same(before.log, after.log) ? [] : ['the logbook is not what it was']),
  'INV-63': (before, after) => more(before.elections, after.elections),
};

type Someone = { readonly id: string } | null;
interface ProposalRead {
  readonly id: string;
  readonly objections: { readonly nodes: readonly { readonly id: string; readonly status: string }[] };
  readonly reactions: { readonly nodes: readonly { readonly by: Someone }[] };
  readonly questions: { readonly nodes: readonly { readonly id: string; readonly by: Someone }[] };
  readonly rounds: {
    readonly nodes: readonly {
      readonly id: string;
      readonly answers: { readonly nodes: readonly { readonly id: string; readonly by: Someone }[] };
    }[];
  };
}
interface ElectionRead {
  readonly id: string;
  readonly phase: string;
  readonly objections: { readonly nodes: readonly { readonly id: string; readonly status: string }[] };
  readonly envelopes: readonly { readonly member: Someone; readonly isSealed: boolean }[];
  readonly nominations: readonly { readonly by: Someone }[];
  readonly reasons: readonly { readonly id: string; readonly by: Someone }[];
  readonly rounds: {
    readonly nodes: readonly {
      readonly id: string;
      readonly answers: readonly { readonly member: Someone; readonly answer: string }[];
    }[];
  };
}

const proposalQuery = `query ($id: ID!) { proposal(id: $id) { id
  objections(first: 50) { nodes { id status } } reactions(first: 50) { nodes { by { id } } }
  questions(first: 100) { nodes { id by { id } } }
  rounds(first: 5) { nodes { id answers(first: 100) { nodes { id by { id } } } } } } }`;
const electionQuery = `query ($id: ID!) { election(id: $id) { id phase
  objections(first: 50) { nodes { id status } } envelopes { member { id } isSealed } nominations { by { id } } reasons { id by { id } }
  rounds(first: 50) { nodes { id answers { member { id } answer } } } } }`;
const circleQuery = `query ($id: ID!) { circle(id: $id) { id state members { member { id } } offices { office holder { id } } }
  agreements(circleId: $id, first: 50) { nodes { id reviewOn version } }
  logEntries(circleId: $id, first: 50) { nodes { label date subjectId subjectKind writtenAt } }
  decided: auditTrail(circleId: $id, first: 100, types: ["DecisionReached", "AgreementTookEffect"]) { nodes { id } }
  elected: auditTrail(circleId: $id, first: 100, types: ["OfficerElected", "TermStarted"]) { nodes { id } } }`;

interface CircleRead {
  readonly circle: {
    readonly id: string;
    readonly state: string;
    readonly members: readonly { readonly member: { readonly id: string } }[];
    readonly offices: readonly { readonly office: string; readonly holder: { readonly id: string } }[];
  };
  readonly agreements: { readonly nodes: readonly { readonly id: string; readonly reviewOn: string }[] };
  readonly logEntries: { readonly nodes: readonly object[] };
  readonly decided: { readonly nodes: readonly { readonly id: string }[] };
  readonly elected: { readonly nodes: readonly { readonly id: string }[] };
}

/** Reads it all, as one who sits in the circle and does nothing else. */
export async function heldNow(reader: Person, circle: LivingCircle, matters: OpenMatters): Promise<Held> {
  const { objected, unanswered, integrating, reacting, nominating, proposed, electionObjected, accepting } = matters;
  const { electionIntegrating } = matters;
  const proposals = await Promise.all(
    [objected, unanswered, integrating, reacting].map(({ proposalId: id }) =>
      reader.gets<{ proposal: ProposalRead }>(proposalQuery, { id }).then((it) => it.proposal),
    ),
  );
  const elections = await Promise.all(
    [nominating, proposed, electionObjected, electionIntegrating, accepting].map(({ electionId: id }) =>
      reader.gets<{ election: ElectionRead }>(electionQuery, { id }).then((it) => it.election),
    ),
  );
  const ids = [circle.racines.circleId, circle.general.circleId, matters.semisId];
  const circles = await Promise.all(ids.map((id) => reader.gets<CircleRead>(circleQuery, { id })));
  const watched = new Set([objected, integrating, electionObjected, electionIntegrating].map((it) => it.objectionId));
  const objections = [
    ...proposals.flatMap((it) => it.objections.nodes),
    ...elections.flatMap((it) => it.objections.nodes),
  ];
  const absent = circle.cast.paul.memberId;
  const agreements = circles.flatMap((it) => it.agreements.nodes);
  return {
    objections: Object.fromEntries(
      objections.filter(({ id }) => watched.has(id)).map(({ id, status }) => [id, status]),
    ),
    saidByTheAbsent: [
      ...proposals.flatMap((it) => saidOn(it, absent)),
      ...elections.flatMap((it) => saidIn(it, absent)),
    ],
    decisions: circles.flatMap((it) => it.decided.nodes.map(({ id }) => id)),
    elections: circles.flatMap((it) => it.elected.nodes.map(({ id }) => id)),
    agreements: agreements.map(({ id }) => id),
    reviews: Object.fromEntries(agreements.map(({ id, reviewOn }) => [id, reviewOn])),
    log: circles.flatMap((it) => it.logEntries.nodes.map((entry) => JSON.stringify(entry))),
    members: Object.fromEntries(circles.map((it) => [it.circle.id, it.circle.members.map(({ member }) => member.id)])),
    offices: circles.flatMap(({ circle: { id, offices } }) =>
      offices.map(({ office, holder }) => `${holder.id} is ${office} of ${id}`),
    ),
    leaders: circles.flatMap(({ circle: { id, state, offices } }) => [
      ...offices.filter(({ office }) => office === 'leader').map(({ holder }) => `${holder.id} leads ${id}`),
      ...(state === 'Proposed' ? [] : [`${id} is convened`]),
    ]),
  };
}

function saidOn({ id, reactions, questions, rounds }: ProposalRead, person: string): string[] {
  const by = (it: { readonly by: Someone }): boolean => it.by?.id === person;
  return [
    ...reactions.nodes.filter(by).map(() => `a reaction to ${id}`),
    ...questions.nodes.filter(by).map((it) => `the question ${it.id}`),
    ...rounds.nodes.flatMap((round) =>
      round.answers.nodes.filter(by).map((it) => `the answer ${it.id} in ${round.id}`),
    ),
  ];
}

function saidIn({ id, phase, envelopes, nominations, reasons, rounds }: ElectionRead, person: string): string[] {
  const sealed = phase === 'Nominating' && envelopes.some((it) => it.member?.id === person && it.isSealed);
  return [
    ...(sealed || nominations.some(({ by }) => by?.id === person) ? [`a nomination in ${id}`] : []),
    ...reasons.filter(({ by }) => by?.id === person).map((it) => `the reason ${it.id}`),
    ...rounds.nodes.flatMap((round) =>
      round.answers
        .filter(({ member, answer }) => member?.id === person && answer !== 'owed' && answer !== 'left')
        .map(({ answer }) => `${answer} in ${round.id}`),
    ),
  ];
}
