import { Injectable } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import {
  EventTooLarge,
  OutcomeUnknown,
  type Receipt,
  StaleRevision,
  StoreUnavailable,
  UnknownFact,
} from '@app/event-store';
import { Refusal } from '@app/kernel';
import { isOutage } from '@app/postgres';
import { ReadModelsNotReady } from '@app/read-store';
import { Recorded, Refused, type Result } from './results.js';
import type { Viewer } from './viewer.js';

/** Refusals that are made of what the store could not do. */
export const deskRefusals = ['STALE', 'TOO_LARGE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'] as const;

/** Waits until what a receipt tells of can be read: projections past its position, and the policies it wakes done. Bound by the app. */
export abstract class Settling {
  /** False when the wait was longer than the limit: the account, where one is named, finds it all the same when it reads next. Never throws. */
  abstract settled(receipt: Receipt, accountId?: string): Promise<boolean>;
}

/** The one way a mutation answers: dispatch, wait for the read side, show. */
@Injectable()
export class Answering {
  constructor(
    private readonly commands: CommandBus,
    private readonly settling: Settling,
  ) {}

  /**
   * Dispatches the command, waits for its effects, then reads the view. A refusal becomes {@link Refused} in the reader's language; a view
   * that lags, or that is not there yet, becomes {@link Recorded}. Anything else is thrown on.
   */
  async answer<V extends object>(
    viewer: Pick<Viewer, 'locale'> & Partial<Pick<Viewer, 'accountId'>>,
    command: Command<Receipt>,
    view: (receipt: Receipt) => Promise<V | null | undefined>,
  ): Promise<Result<V>> {
    return this.attempt(viewer, async () => {
      const receipt = await this.commands.execute<Command<Receipt>, Receipt>(command);
      if (!(await this.settling.settled(receipt, viewer.accountId))) return Recorded.at(receipt);
      return (await shown(() => view(receipt))) ?? Recorded.at(receipt);
    });
  }

  /** Runs what is not a command of the log (accounts, tokens) under the same doors: a refusal becomes {@link Refused}. */
  async attempt<V>(viewer: Pick<Viewer, 'locale'>, act: () => Promise<V>): Promise<V | Refused> {
    try {
      return await act();
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal === undefined) throw error;
      return Refused.by(refusal, viewer.locale);
    }
  }
}

/** What was written stands: where it cannot be read now, there is nothing to show. */
async function shown<V>(view: () => Promise<V>): Promise<V | undefined> {
  try {
    return await view();
  } catch (error) {
    if (isOutage(error) || error instanceof StoreUnavailable || error instanceof ReadModelsNotReady) return undefined;
    throw error;
  }
}

/** What the store could not do, but may do later, is told as a refusal: nothing is broken for good. */
function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof StaleRevision) return new Refusal('STALE');
  if (error instanceof EventTooLarge) return new Refusal('TOO_LARGE');
  if (error instanceof StoreUnavailable || error instanceof UnknownFact || isOutage(error))
    return new Refusal('UNAVAILABLE');
  if (error instanceof OutcomeUnknown) return new Refusal('OUTCOME_UNKNOWN');
  return undefined;
}
