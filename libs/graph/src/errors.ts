import { GraphQLError } from 'graphql';
import type { Arguments } from '@app/wording';

/** One field that cannot be taken as it is. `path` is where it stands in the arguments, `rule` what it must keep to. */
export interface Problem {
  readonly path: string;
  readonly rule: string;
  readonly args: Arguments;
}

/** A request that cannot be answered, by code. The message is found in the reader's language when the answer leaves. */
export class Failure extends GraphQLError {
  constructor(
    readonly code: string,
    readonly args: Arguments = {},
  ) {
    super(code, { extensions: { code } });
  }
}

/** Input that is malformed, field by field: `BAD_USER_INPUT`. */
export class BadInput extends Failure {
  constructor(readonly problems: readonly Problem[]) {
    super('BAD_USER_INPUT', { count: problems.length });
  }
}
