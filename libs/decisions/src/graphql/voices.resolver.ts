import { Member } from '@app/identity';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { EffectView, effectView } from './effect.types.js';
import { personOf, QuestionView, ReactionView, VersionView } from './proposal.types.js';

@Resolver(() => VersionView)
export class VersionResolver {
  @ResolveField(() => Member, { description: 'Who wrote it.' })
  by(@Parent() { by }: VersionView): Member {
    return Member.of(by);
  }

  @ResolveField(() => Member, { nullable: true, description: 'Who carries it out.' })
  responsible(@Parent() { responsible }: VersionView): Member | null {
    return personOf(responsible);
  }

  @ResolveField(() => EffectView, { nullable: true })
  effect(@Parent() { effect }: VersionView): EffectView | null {
    return effectView(effect);
  }
}

@Resolver(() => QuestionView)
export class QuestionResolver {
  @ResolveField(() => Member)
  by(@Parent() { by }: QuestionView): Member {
    return Member.of(by);
  }

  @ResolveField(() => Member)
  enteredBy(@Parent() { enteredBy }: QuestionView): Member {
    return Member.of(enteredBy);
  }

  @ResolveField(() => Member, { nullable: true })
  answeredBy(@Parent() { answeredBy }: QuestionView): Member | null {
    return personOf(answeredBy);
  }

  @ResolveField(() => Member, { nullable: true })
  answerEnteredBy(@Parent() { answerEnteredBy }: QuestionView): Member | null {
    return personOf(answerEnteredBy);
  }
}

@Resolver(() => ReactionView)
export class ReactionResolver {
  @ResolveField(() => Member)
  by(@Parent() { by }: ReactionView): Member {
    return Member.of(by);
  }

  @ResolveField(() => Member)
  enteredBy(@Parent() { enteredBy }: ReactionView): Member {
    return Member.of(enteredBy);
  }
}
