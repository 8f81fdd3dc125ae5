/** Everybody who is somebody in the community, by how they stand to the circle. */
export const roles = ['community', 'former', 'parentLink', 'expert', 'member'] as const;
export type Role = (typeof roles)[number];
/** ● with the names · ◐ without them · – nothing. */
export type Seen = '●' | '◐' | '–';

export interface Row {
  readonly what: string;
  /** The matter whose id is asked about. */
  readonly matter: string;
  readonly query: string;
  /** The way through the answer to what is seen: `*` goes through a list, `[key=value]` picks of it, `$matter` is the id of a matter. */
  readonly at: string;
  readonly seen: Readonly<Record<Role, Seen>>;
}

/** docs/visibility.md, row by row, each with a question that shows it. Columns as in `roles`. */
const told = `
● ● ● ● ● | the community                   | nothing          | organisation { community { name } } | organisation.community.name
● ● ● ● ● | its circles                     | nothing          | organisation { circles { nodes { aim } } } | organisation.circles.nodes.*.aim
● ● ● ● ● | a circle’s aim                  | racines          | circle(id: $id) { aim } | circle.aim
● ● ● ● ● | its members                     | racines          | circle(id: $id) { members { member { id } } } | circle.members.*.member
● ● ● ● ● | its experts                     | racines          | circle(id: $id) { experts { expert { id } } } | circle.experts.*.expert
● ● ● ● ● | an agreement                    | agreement        | agreement(id: $id) { text } | agreement.text
● ● ● ● ● | versions of an agreement        | agreement        | agreement(id: $id) { versions { nodes { text } } } | agreement.versions.nodes.*.text
– ● ● ● ● | how a version was decided       | agreement        | agreement(id: $id) { versions { nodes { proposal { id } } } } | agreement.versions.nodes.*.proposal.id
● ● ● ● ● | agreements                      | racines          | agreements(circleId: $id) { nodes { text } } | agreements.nodes.*.text
– ● ● ● ● | a concern                       | agreement        | agreement(id: $id) { concerns { member { id } } } | agreement.concerns.*.member
– ● ● ● ● | how it was decided              | agreement        | agreement(id: $id) { proposal { id } } | agreement.proposal.id
● ● ● ● ● | the logbook                     | racines          | logEntries(circleId: $id) { nodes { label } } | logEntries.nodes.*.label
– ● ● ● ● | a proposal of before            | integrated       | proposal(id: $id) { author { id } } | proposal.author
– – ● ● ● | a proposal of since             | objected         | proposal(id: $id) { author { id } } | proposal.author
– ● ● ● ● | reactions                       | integrated       | proposal(id: $id) { reactions { nodes { by { id } } } } | proposal.reactions.nodes.*.by
– – – – – | a draft                         | draft            | proposal(id: $id) { draft { text } } | proposal.draft.text
– ● ● ● ● | proposals of before             | racines          | proposals(circleId: $id, first: 50) { nodes { id } } | proposals.nodes.[id=$integrated].id
– – ● ● ● | proposals of since              | racines          | proposals(circleId: $id, first: 50) { nodes { id } } | proposals.nodes.[id=$objected].id
– – – – – | drafts among them               | racines          | proposals(circleId: $id, first: 50) { nodes { id } } | proposals.nodes.[id=$draft].id
– ● ● ● ● | Answer.by, nobody objected      | integrated       | proposal(id: $id) { rounds(first: 5) { nodes { version answers(first: 50) { nodes { by { id } } } } } } | proposal.rounds.nodes.[version=2].answers.nodes.*.by
– ◐ ◐ ◐ ● | Answer.by, somebody objected    | integrated       | proposal(id: $id) { rounds(first: 5) { nodes { version answers(first: 50) { nodes { by { id } } } } } } | proposal.rounds.nodes.[version=1].answers.nodes.*.by
– ◐ ◐ ◐ ● | Answer.enteredBy                | integrated       | proposal(id: $id) { rounds(first: 5) { nodes { version answers(first: 50) { nodes { enteredBy { id } } } } } } | proposal.rounds.nodes.[version=1].answers.nodes.*.enteredBy
– ● ● ● ● | RosterPlace.member              | integrated       | proposal(id: $id) { rounds(first: 5) { nodes { version roster { member { id } } } } } | proposal.rounds.nodes.*.roster.*.member
– – – – ● | who objected, in the roster     | integrated       | proposal(id: $id) { rounds(first: 5) { nodes { version roster { state } } } } | proposal.rounds.nodes.[version=1].roster.[state=objection].state
– ● ● ● ● | an objection                    | integrated       | proposal(id: $id) { objections { nodes { argument } } } | proposal.objections.nodes.*.argument
– ◐ ◐ ◐ ● | Objection.by                    | integrated       | proposal(id: $id) { objections { nodes { by { id } } } } | proposal.objections.nodes.*.by
– ◐ ◐ ◐ ● | Objection.enteredBy             | integrated       | proposal(id: $id) { objections { nodes { enteredBy { id } } } } | proposal.objections.nodes.*.enteredBy
– ◐ ◐ ◐ ● | Objection.holder                | integrated       | proposal(id: $id) { objections { nodes { holder { id } } } } | proposal.objections.nodes.*.holder
– – – – ● | Objection.judges                | integrating      | proposal(id: $id) { objections { nodes { judges { id } } } } | proposal.objections.nodes.*.judges.*
– ◐ ◐ ◐ ● | ObjectionStep.by, resolved      | integrated       | proposal(id: $id) { objections { nodes { steps { nodes { kind by { id } } } } } } | proposal.objections.nodes.*.steps.nodes.[kind=resolved].by
– ● ● ● ● | ObjectionStep.by, a way offered | integrated       | proposal(id: $id) { objections { nodes { steps { nodes { kind by { id } } } } } } | proposal.objections.nodes.*.steps.nodes.[kind=integrationProposed].by
– – ● ● ● | a meeting                       | room             | meeting(id: $id) { presences { member { id } } } | meeting.presences.*.member
– – ● ● ● | meetings                        | racines          | meetings(circleId: $id) { nodes { openedAt } } | meetings.nodes.*.openedAt
● ● ● ● ● | an election’s result            | elected          | election(id: $id) { result { person { id } } } | election.result.person
● ● ● ● ● | elections that are done         | racines          | elections(circleId: $id, first: 50) { nodes { id } } | elections.nodes.[id=$elected].id
– – ● ● ● | elections under way             | racines          | elections(circleId: $id, first: 50) { nodes { id } } | elections.nodes.[id=$nominating].id
– – ● ● ● | who is proposed                 | proposed         | election(id: $id) { nominee { id } } | election.nominee
– – ◐ ◐ ● | ElectionEnvelope.member         | nominating       | election(id: $id) { envelopes { member { id } } } | election.envelopes.*.member
– – – – – | what is in an envelope          | nominating       | election(id: $id) { nominations { nominee { id } } } | election.nominations.*.nominee
– – ● ● ● | Nomination.nominee              | proposed         | election(id: $id) { nominations { nominee { id } } } | election.nominations.*.nominee
– – ◐ ◐ ● | Nomination.by                   | proposed         | election(id: $id) { nominations { by { id } } } | election.nominations.*.by
– – ◐ ◐ ● | ElectionReason.by               | proposed         | election(id: $id) { reasons { by { id } } } | election.reasons.*.by
– – ◐ ◐ ● | ElectionAnswer.member           | electionObjected | election(id: $id) { rounds { nodes { answers { member { id } } } } } | election.rounds.nodes.*.answers.*.member
– – ◐ ◐ ● | ElectionObjection.by            | electionObjected | election(id: $id) { objections { nodes { by { id } } } } | election.objections.nodes.*.by
– – ◐ ◐ ● | ElectionObjection.holder        | electionObjected | election(id: $id) { objections { nodes { holder { id } } } } | election.objections.nodes.*.holder
– ◐ ◐ ◐ ● | AuditEntry.member, who objected | racines          | auditTrail(circleId: $id, first: 100, types: ["ObjectionRaised"]) { nodes { stream member { id } } } | auditTrail.nodes.[stream=proposal-$integrated].member
– ◐ ◐ ◐ ● | who consented                   | racines          | auditTrail(circleId: $id, first: 100, types: ["ConsentGiven"]) { nodes { stream member { id } } } | auditTrail.nodes.[stream=proposal-$integrated].member
– ◐ ◐ ◐ ● | whose answer ended a round      | racines          | auditTrail(circleId: $id, first: 100, types: ["ConsentRoundClosed"]) { nodes { stream member { id } } } | auditTrail.nodes.[stream=proposal-$integrated].member
– ● ● ● ● | who presented                   | racines          | auditTrail(circleId: $id, first: 100, types: ["ProposalPresented"]) { nodes { stream member { id } } } | auditTrail.nodes.[stream=proposal-$integrated].member
– – ● ● ● | what happened since             | racines          | auditTrail(circleId: $id, first: 100, types: ["ObjectionRaised"]) { nodes { stream type } } | auditTrail.nodes.[stream=proposal-$objected].type
– – ◐ ◐ ● | who objected in an election     | racines          | auditTrail(circleId: $id, first: 100, types: ["ElectionObjectionRaised"]) { nodes { stream member { id } } } | auditTrail.nodes.*.member
– – ◐ ◐ ● | who put a name into an envelope | racines          | auditTrail(circleId: $id, first: 100, types: ["NominationSealed"]) { nodes { stream member { id } } } | auditTrail.nodes.[stream=election-$proposed].member
– – ◐ ◐ ● | who said why                    | racines          | auditTrail(circleId: $id, first: 100, types: ["ReasonGiven"]) { nodes { stream member { id } } } | auditTrail.nodes.[stream=election-$proposed].member
● ● ● ● ● | whether the record is whole     | nothing          | verifyAuditTrail { message } | verifyAuditTrail.message
● ● ● ● ● | oneself                         | nothing          | me { account { email } } | me.account.email
`;

export const table: readonly Row[] = told
  .trim()
  .split('\n')
  .map((line) => {
    const [seen = '', what = '', matter = '', query = '', at = ''] = line.split('|').map((it) => it.trim());
    const marks = seen.split(' ') as Seen[];
    return {
      what,
      matter,
      query,
      at,
      seen: Object.fromEntries(roles.map((role, n) => [role, marks[n]])) as Row['seen'],
    };
  });

/** What is seen in an answer, where a row says to look; `idOf` knows the matters. */
export function seenIn(data: unknown, at: string, idOf: (matter: string) => string): Seen {
  const things = found(data, at.replace(/\$(\w+)/g, (_, matter: string) => idOf(matter)).split('.'));
  if (things.length === 0) return '–';
  return things.some((it) => it !== null) ? '●' : '◐';
}

function found(data: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [data];
  if (data === null || data === undefined) return [];
  if (!Array.isArray(data)) return found((data as Record<string, unknown>)[step], rest);
  const [, key = '', value = ''] = /^\[(\w+)=(.+)\]$/.exec(step) ?? [];
  const picked = step === '*' ? data : data.filter((it: Record<string, unknown>) => String(it[key]) === value);
  return picked.flatMap((it: unknown) => found(it, rest));
}
