import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum ComparedKind {
  same = 'same',
  added = 'added',
  removed = 'removed',
}
registerEnumType(ComparedKind, { name: 'ComparedKind' });

/** What a version is made of, in the order in which it is read. */
export enum ContentField {
  title = 'title',
  text = 'text',
  need = 'need',
  example = 'example',
  measures = 'measures',
  resources = 'resources',
  reviewOn = 'reviewOn',
  expiresOn = 'expiresOn',
  onMissedReview = 'onMissedReview',
  responsible = 'responsible',
  domainItemId = 'domainItemId',
  effect = 'effect',
}
registerEnumType(ContentField, { name: 'ContentField' });

@ObjectType('ComparedPart', { description: 'Some words of one version, of the other, or of both.' })
export class ComparedPartView {
  @Field(() => ComparedKind)
  kind!: string;
  @Field()
  text!: string;
}

@ObjectType('FieldComparison', { description: 'A field that is not the same in two versions.' })
export class FieldComparisonView {
  @Field(() => ContentField)
  field!: string;
  @Field(() => [ComparedPartView], { description: 'In order; empty where the field is not read as text.' })
  parts!: ComparedPartView[];
}

@ObjectType('VersionComparison', {
  description: 'Two versions side by side. Answers tell by themselves which one they were given to.',
})
export class VersionComparisonView {
  @Field(() => Int)
  from!: number;
  @Field(() => Int)
  to!: number;
  @Field(() => [FieldComparisonView], { description: 'What is not the same; empty where everything is.' })
  changes!: FieldComparisonView[];
}
