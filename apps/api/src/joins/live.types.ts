import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';

/** What may change, by the category of its stream. */
export enum ChangedKind {
  agreement = 'agreement',
  circle = 'circle',
  election = 'election',
  logbook = 'logbook',
  meeting = 'meeting',
  proposal = 'proposal',
}
registerEnumType(ChangedKind, { name: 'ChangedKind' });

@ObjectType('Changed', { description: 'One thing that is not as it was. A logbook has the id of its circle.' })
export class ChangedView {
  @Field(() => ChangedKind)
  kind!: ChangedKind;

  @Field(() => ID)
  id!: string;
}

@ObjectType('Change', {
  description:
    'Something happened, and can be read by now. The first one comes at once and says where that was: whoever was connected before, and had another position last, reads again.',
})
export class ChangeView {
  @Field(() => String, { nullable: true, description: 'Of the last event in the log that it tells of.' })
  position!: string | null;

  @Field(() => [ChangedView], { description: 'What this reader may read of it; empty the first time.' })
  changed!: ChangedView[];
}
