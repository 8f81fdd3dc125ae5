import type { Appended, Applied, RetryCause } from '@app/event-store';
import type { Recorded } from '@app/kernel';
import { type AppendSeen, type CommandSeen, type Operation, Witness } from './witness.js';

/** Two witnesses of the same process, the first around the second. */
export class Both extends Witness {
  constructor(
    private readonly first: Witness,
    private readonly second: Witness,
  ) {
    super();
  }

  override command<T>(command: CommandSeen, execute: () => Promise<T>): Promise<T> {
    return this.first.command(command, () => this.second.command(command, execute));
  }

  override handling<T>(policy: string, fact: Recorded, handle: () => Promise<T>): Promise<T> {
    return this.first.handling(policy, fact, () => this.second.handling(policy, fact, handle));
  }

  override appended(append: AppendSeen, appended: Appended): void {
    this.first.appended(append, appended);
    this.second.appended(append, appended);
  }

  override notAppended(append: AppendSeen, error: unknown): void {
    this.first.notAppended(append, error);
    this.second.notAppended(append, error);
  }

  override asked(operation: Operation, startedAt: number, error?: unknown): void {
    this.first.asked(operation, startedAt, error);
    this.second.asked(operation, startedAt, error);
  }

  override retrying(cause: RetryCause): void {
    this.first.retrying(cause);
    this.second.retrying(cause);
  }

  override applied(applied: Applied): void {
    this.first.applied(applied);
    this.second.applied(applied);
  }
}
