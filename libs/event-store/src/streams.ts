import type { Decider, Fact } from '@app/kernel';
import type { Act, Receipt } from './act.js';

/** State folded from a stream, and the revision it was folded to (-1: the stream does not exist). */
export interface Loaded<S> {
  readonly state: S;
  readonly revision: number;
}

/** Load, fold, decide, append: the only way a fact is written. */
export abstract class Streams {
  abstract load<S, F extends Fact>(decider: Decider<S, F>, id: string): Promise<Loaded<S>>;
  abstract write<S, F extends Fact>(
    decider: Decider<S, F>,
    id: string,
    act: Act,
    decide: (state: S, revision: number) => readonly F[],
  ): Promise<Receipt>;
}
