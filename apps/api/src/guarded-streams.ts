import { type Act, type Receipt, StoreUnavailable, Streams } from '@app/event-store';
import type { Decider, Fact } from '@app/kernel';

/** Streams that write nothing while `closed` gives a reason: a log that does not hold together, a process that stops. Reads go on. */
export class GuardedStreams extends Streams {
  constructor(
    private readonly closed: () => string | undefined,
    ...rest: ConstructorParameters<typeof Streams>
  ) {
    super(...rest);
  }

  override write<S, F extends Fact>(
    decider: Decider<S, F>,
    id: string,
    act: Act,
    decide: (state: S, revision: number) => readonly F[],
  ): Promise<Receipt> {
    const reason = this.closed();
    if (reason !== undefined) return Promise.reject(new StoreUnavailable(reason));
    return super.write(decider, id, act, decide);
  }
}
