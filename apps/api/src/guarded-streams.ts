import { type Act, OutcomeUnknown, type Receipt, StoreUnavailable, Streams } from '@app/event-store';
import type { Decider, Fact } from '@app/kernel';

/**
 * Streams that write nothing while `closed` gives a reason: a log that does not hold together. Reads go on. Remembers whether the store
 * took what was last written, for the health check.
 */
export class GuardedStreams extends Streams {
  private trouble: string | undefined;

  constructor(
    private readonly closed: () => string | undefined,
    ...rest: ConstructorParameters<typeof Streams>
  ) {
    super(...rest);
  }

  /** Why the store did not take the last thing that was to be written. */
  get unwritable(): string | undefined {
    return this.trouble;
  }

  /** The server answers again: what it did not take before says nothing any more. */
  answersAgain(): void {
    this.trouble = undefined;
  }

  override async write<S, F extends Fact>(
    decider: Decider<S, F>,
    id: string,
    act: Act,
    decide: (state: S, revision: number) => readonly F[],
  ): Promise<Receipt> {
    const reason = this.closed();
    if (reason !== undefined) throw new StoreUnavailable(reason);
    try {
      const receipt = await super.write(decider, id, act, decide);
      this.trouble = undefined;
      return receipt;
    } catch (error) {
      if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown) this.trouble = error.message;
      throw error;
    }
  }
}
