import { CircleView } from '@app/circles';
import { ProposalView } from '@app/decisions';
import { ElectionView } from '@app/elections';
import { connectionOf } from '@app/graph';
import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';

/** What somebody can be asked for, each with its sentence in `words/waiting`. */
export const WaitingFor = {
  answer: 'answer',
  reaction: 'reaction',
  settleText: 'settleText',
  confirmVersion: 'confirmVersion',
  confirmResolved: 'confirmResolved',
  judgeObjection: 'judgeObjection',
  effectRefused: 'effectRefused',
  nominate: 'nominate',
  giveReason: 'giveReason',
  electionAnswer: 'electionAnswer',
  acceptOffice: 'acceptOffice',
  electionEffectRefused: 'electionEffectRefused',
  acceptAdmission: 'acceptAdmission',
  acceptConvening: 'acceptConvening',
} as const;
export type WaitingFor = keyof typeof WaitingFor;
registerEnumType(WaitingFor, { name: 'WaitingFor', description: 'What is asked of the person who asks.' });

@ObjectType('Waiting', { description: 'Something that waits for the person who asks.' })
export class WaitingView {
  @Field(() => WaitingFor)
  kind!: WaitingFor;
  @Field({ description: 'Since when.' })
  since!: string;
  @Field({ description: 'What is asked and why, in the language of Accept-Language.' })
  sentence!: string;
  @Field(() => CircleView)
  circle!: CircleView;
  @Field(() => ProposalView, { nullable: true })
  proposal!: ProposalView | null;
  @Field(() => ElectionView, { nullable: true })
  election!: ElectionView | null;
  /** Where it stands among what waits. */
  place!: string;
}

export const WaitingConnection = connectionOf(WaitingView, 'Waiting');
