import { type Appended, type Caller, type NewEvent, Observer, StaleRevision } from '@app/event-store';

/** A command on its way through the desk. */
export interface CommandSeen {
  /** The command's class, as `GiveConsent`: a closed list. */
  readonly name: string;
  readonly caller: Caller;
}

/** What an event store is asked. */
export type Operation = 'append' | 'read_stream' | 'read_all' | 'subscribe' | 'head';

export interface AppendSeen {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  /** As `performance.now()` tells it. */
  readonly startedAt: number;
}

/** An observer of the whole process: of the desk where commands are sent, and of the store, besides what every {@link Observer} is told. */
export abstract class Witness extends Observer {
  /** Around a command. Answers what the command answers, and throws what it throws. */
  command<T>(_command: CommandSeen, execute: () => Promise<T>): Promise<T> {
    return execute();
  }

  appended(_append: AppendSeen, _appended: Appended): void {}

  /** Nothing was written, or nobody knows; {@link StaleRevision} where somebody else wrote first. */
  notAppended(_append: AppendSeen, _error: unknown): void {}

  /** The store answered, or did not. */
  asked(_operation: Operation, _startedAt: number, _error?: unknown): void {}
}

class Nobody extends Witness {}

/** Where nothing is measured. */
export const nobody: Witness = new Nobody();

export const isConflict = (error: unknown): error is StaleRevision => error instanceof StaleRevision;
