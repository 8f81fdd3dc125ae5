import { type Type } from '@nestjs/common';
import { Field, ID, Int, ObjectType, createUnionType, registerEnumType } from '@nestjs/graphql';
import type { Receipt } from '@app/event-store';
import type { Refusal } from '@app/kernel';
import { type Locale, refusalCodes, say } from '@app/wording';

/** Every way of saying no. The catalogue of refusals is the list; a spec holds it to what the domains export. */
export const RefusalCode = Object.fromEntries(refusalCodes().map((code) => [code, code]));
registerEnumType(RefusalCode, { name: 'RefusalCode', description: 'Why a command was refused: not you, or not now.' });

@ObjectType({ description: 'One thing a refusal relies on: a phase, a number, an id.' })
export class RefusalDetail {
  @Field()
  name!: string;
  @Field(() => [String])
  values!: readonly string[];
}

@ObjectType({ description: 'A rule said no, and nothing was changed.' })
export class Refused {
  @Field(() => RefusalCode)
  code!: string;
  @Field({ description: 'What is wrong and what to do, in the language of Accept-Language.' })
  message!: string;
  @Field(() => [RefusalDetail])
  details!: readonly RefusalDetail[];

  static by({ code, details }: Refusal, locale: Locale): Refused {
    const listed = Object.entries(details).map(([name, value]) => ({
      name,
      values: Array.isArray(value) ? value.map(String) : [String(value)],
    }));
    return Object.assign(new Refused(), { code, message: say(locale, code, details), details: listed });
  }
}

@ObjectType({ description: 'It is written; the view that shows it is not ready yet. Read again in a moment.' })
export class Recorded {
  @Field(() => ID)
  stream!: string;
  @Field(() => Int)
  revision!: number;
  @Field()
  position!: string;

  static at({ stream, revision, position }: Receipt): Recorded {
    return Object.assign(new Recorded(), { stream, revision, position });
  }
}

/** What a mutation answers. */
export type Result<V> = V | Refused | Recorded;

/** Declares the union a mutation answers: the view, or `Refused`, or `Recorded` where the view lags. */
export function resultOf<V>(name: string, view: () => Type<V>) {
  return createUnionType({
    name,
    types: () => [view(), Refused, Recorded] as const,
    resolveType: (value: unknown) => {
      if (value instanceof Refused) return Refused;
      return value instanceof Recorded ? Recorded : view();
    },
  });
}
