import { AnswerChannel, connectionOf, type Relation } from '@app/graph';
import { Member } from '@app/identity';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { electionCauses } from '../domain/calling.js';
import { electedOffices, electionIntegrations } from '../domain/election.events.js';
import type { ElectionRow } from '../read/election.tables.js';

const words = <const T extends readonly string[]>(list: T) => Object.fromEntries(list.map((it) => [it, it]));
const phases = [
  ...['Called', 'RoleDescribed', 'Nominating', 'Revealed', 'Reasons', 'Changing', 'Proposed', 'ConsentRound'],
  ...['Integrating', 'Accepting', 'Declined', 'Elected', 'Cancelled'],
];

export const ElectedOfficeName = words(electedOffices);
export const ElectionPhase = words(phases);
export const ElectionCause = words(electionCauses);
export const ElectionAnswerKind = words(['owed', 'consent', 'objection', 'left'] as const);
export const ElectionObjectionStatus = words(['open', 'integrated', 'orphaned', 'disputed'] as const);
export const ElectionIntegrationOption = words(electionIntegrations);
export const ElectionRoundOutcome = words(['consent', 'objections'] as const);
registerEnumType(ElectedOfficeName, { name: 'ElectedOffice' });
registerEnumType(ElectionPhase, { name: 'ElectionPhase' });
registerEnumType(ElectionCause, { name: 'ElectionCause' });
registerEnumType(ElectionAnswerKind, {
  name: 'ElectionAnswerKind',
  description: 'owed: not answered yet. left: left the circle first.',
});
registerEnumType(ElectionObjectionStatus, {
  name: 'ElectionObjectionStatus',
  description:
    'orphaned: a recorded concern, its author having left. disputed: entered for somebody who did not say so.',
});
registerEnumType(ElectionIntegrationOption, { name: 'ElectionIntegrationOption' });
registerEnumType(ElectionRoundOutcome, { name: 'ElectionRoundOutcome' });

const veiled = 'Null for those outside the circle who may read the rest, and for who was forgotten.';

@ObjectType('ElectionResult', { description: 'All that those outside the circle see of an election.' })
export class ElectionResultView {
  @Field(() => Member)
  person!: Member;
  @Field()
  electedOn!: string;
  @Field()
  termFrom!: string;
  @Field({ description: 'Last day of the term.' })
  termTo!: string;
}

@ObjectType('ElectionEnvelope', { description: 'Whether somebody has sealed their nomination: never whom it names.' })
export class ElectionEnvelopeView {
  @Field(() => Member, { nullable: true, description: veiled })
  member!: Member | null;
  @Field()
  isSealed!: boolean;
}

@ObjectType('Nomination', { description: 'Who named whom. There are none before all are opened.' })
export class NominationView {
  @Field(() => Member, { nullable: true, description: veiled })
  by!: Member | null;
  @Field(() => Member, { nullable: true, description: 'Null: a search outside the circle.' })
  nominee!: Member | null;
  @Field({ description: 'Moved to another name after the reasons.' })
  isChanged!: boolean;
  @Field(() => Member, { nullable: true, description: 'The name it was moved to; null also for a search outside.' })
  changedTo!: Member | null;
}

@ObjectType('ElectionReason')
export class ElectionReasonView {
  @Field(() => ID, { name: 'id' })
  reasonId!: string;
  @Field(() => Member, { nullable: true, description: veiled })
  by!: Member | null;
  @Field(() => Member, { nullable: true, description: 'Null: a search outside the circle.' })
  about!: Member | null;
  @Field({ description: 'Given with a change of name.' })
  isChange!: boolean;
  @Field(() => String, { nullable: true, description: 'Null: its author was forgotten.' })
  text!: string | null;
  @Field(() => AnswerChannel)
  channel!: string;
  @Field()
  saidAt!: string;
}

@ObjectType('NomineeProposal', { description: 'Somebody proposed, on the strength of the reasons.' })
export class NomineeProposalView {
  @Field(() => Member)
  person!: Member;
  @Field(() => Member)
  by!: Member;
  @Field(() => String, { nullable: true })
  rationale!: string | null;
  @Field(() => [ID], { description: 'The reasons it rests on.' })
  cites!: string[];
  @Field()
  proposedAt!: string;
}

@ObjectType('ElectionAnswer')
export class ElectionAnswerView {
  @Field(() => Member, { nullable: true, description: veiled })
  member!: Member | null;
  @Field(() => ElectionAnswerKind)
  answer!: string;
  @Field(() => String, { nullable: true })
  concern!: string | null;
  @Field(() => Member, { nullable: true, description: 'Who entered it, where it was not the person.' })
  enteredBy!: Member | null;
  @Field(() => AnswerChannel, { nullable: true })
  channel!: string | null;
  @Field(() => ID, { nullable: true })
  objectionId!: string | null;
}

@ObjectType('ElectionRound', { description: 'A consent round on one person. The nominee is the last of the answers.' })
export class ElectionRoundView {
  @Field(() => ID, { name: 'id' })
  roundId!: string;
  @Field(() => Member)
  person!: Member;
  @Field(() => Member)
  lead!: Member;
  @Field(() => Int)
  quorum!: number;
  @Field()
  termFrom!: string;
  @Field()
  termTo!: string;
  @Field()
  openedAt!: string;
  @Field(() => String, { nullable: true })
  closedAt!: string | null;
  @Field(() => ElectionRoundOutcome, { nullable: true })
  outcome!: string | null;
  /** Whether names are shown. */
  named!: boolean;
}

@ObjectType('ElectionIntegration', { description: 'A way that was offered to take an objection in.' })
export class ElectionIntegrationView {
  @Field(() => ID, { name: 'id' })
  integrationId!: string;
  @Field(() => ElectionIntegrationOption)
  option!: string;
  @Field(() => Member)
  by!: Member;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field(() => String, { nullable: true })
  duties!: string | null;
  @Field(() => String, { nullable: true })
  termFrom!: string | null;
  @Field(() => String, { nullable: true })
  termTo!: string | null;
}

@ObjectType('ElectionObjection')
export class ElectionObjectionView {
  @Field(() => ID, { name: 'id' })
  objectionId!: string;
  @Field(() => ID)
  roundId!: string;
  @Field(() => Member, { nullable: true, description: veiled })
  by!: Member | null;
  @Field(() => Member, { nullable: true, description: 'Whose word resolves it.' })
  holder!: Member | null;
  @Field(() => String, { nullable: true })
  argument!: string | null;
  @Field(() => String, { nullable: true, description: 'In the words of who took it over.' })
  adoptedArgument!: string | null;
  @Field(() => ElectionObjectionStatus)
  status!: string;
  offers!: readonly ElectionIntegrationView[];
  @Field(() => ID, { nullable: true, description: 'The offer that resolved it.' })
  integrationId!: string | null;
}

@ObjectType('NomineeRefusal', { description: 'A no that was upheld.' })
export class NomineeRefusalView {
  @Field(() => Member, { nullable: true, description: veiled })
  person!: Member | null;
  @Field(() => String, { nullable: true })
  reason!: string | null;
  @Field()
  declinedAt!: string;
}

type Shown = Pick<ElectionRow, 'electionId' | 'circleId' | 'office' | 'seat' | 'phase' | 'warnings' | 'round'>;

@ObjectType('Election', {
  description:
    'An election without candidates. Outside the circle only the result is shown, and nothing of an election still going on.',
})
export class ElectionView implements Shown {
  @Field(() => ID, { name: 'id' })
  electionId!: string;
  @Field(() => ID)
  circleId!: string;
  @Field(() => ElectedOfficeName)
  office!: string;
  @Field(() => Int, { description: '1, or 2 where the circle has two.' })
  seat!: number;
  @Field(() => ElectionPhase)
  phase!: string;
  @Field(() => ElectionCause, { nullable: true })
  cause!: string | null;
  @Field(() => String, { nullable: true })
  calledAt!: string | null;
  @Field(() => String, { nullable: true })
  duties!: string | null;
  @Field(() => String, { nullable: true })
  qualities!: string | null;
  @Field(() => String, { nullable: true })
  termFrom!: string | null;
  @Field(() => String, { nullable: true, description: 'Last day of the term.' })
  termTo!: string | null;
  @Field(() => [String], { description: 'TERM_LONG: longer than the circle’s rules warn of.' })
  warnings!: string[];
  @Field(() => Int, { description: 'How many times nominations were opened.' })
  round!: number;
  @Field(() => ID, { nullable: true, description: 'The meeting in which it was last led.' })
  meetingId!: string | null;
  @Field(() => ID, { nullable: true, description: 'The consent round last opened on the person proposed.' })
  roundId!: string | null;
  @Field(() => String, { nullable: true })
  cancelReason!: string | null;
  @Field(() => String, { nullable: true, description: 'Why the circle refused to start the term: a code.' })
  effectRefused!: string | null;
  /** How the viewer stands to the circle: what the fields below it answer by. */
  relation!: Relation;
  row!: ElectionRow;
}

export const ElectionConnection = connectionOf(ElectionView, 'Election');
