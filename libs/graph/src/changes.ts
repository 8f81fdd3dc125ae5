import type { Position } from '@app/event-store';

/** Something happened on a stream, to something of a circle or of the community alone. */
export interface Happened {
  readonly stream: string;
  readonly circleId: string | undefined;
}

/** What happened since the one before, all of which can be read by now. The first one says where that was; nothing happened in it. */
export interface Change {
  readonly position: Position | undefined;
  readonly happened: readonly Happened[];
}

export interface Following<T> {
  /** Nothing else is told. */
  readonly wanted: (happened: Happened) => boolean;
  /** What a change is to whoever follows; nothing where it is not theirs to hear of, `over` when nothing ever will be again. */
  readonly show: (change: Change, first: boolean) => Promise<T | undefined | typeof over>;
}

export const over = Symbol('over');

/** Tells what happens in a community, once it can be read: a doorbell, after which one reads. Bound by the app. */
export abstract class Changes {
  abstract follow<T>(communityId: string, following: Following<T>): AsyncIterableIterator<T>;
}

/**
 * One who follows. What happens while they are busy gathers, and is told as one; leaving wakes them. `begun` resolves when nothing is missed
 * any more, with how far it can be read.
 */
export class Feed<T> implements AsyncIterableIterator<T> {
  private gathered: Happened[] = [];
  private position: Position | undefined;
  private wake = (): void => undefined;
  private first = true;
  private ended = false;

  constructor(
    private readonly following: Following<T>,
    private readonly begun: Promise<Position | undefined>,
    private readonly left: () => void,
  ) {}

  hear({ position, happened }: Change): void {
    const wanted = happened.filter(this.following.wanted);
    if (wanted.length === 0) return;
    this.position = position;
    this.gathered.push(...wanted);
    this.wake();
  }

  async next(): Promise<IteratorResult<T>> {
    for (;;) {
      const change = await this.change();
      if (change === undefined) return { done: true, value: undefined };
      const [first] = [this.first, (this.first = false)];
      const shown = await this.shown(change, first);
      if (shown === over) return this.return();
      if (shown !== undefined) return { done: false, value: shown };
    }
  }

  async return(): Promise<IteratorResult<T>> {
    this.ended = true;
    this.wake();
    this.left();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Who iterates lets go by themselves of what has ended, but not of what broke. */
  private async shown(change: Change, first: boolean): Promise<T | undefined | typeof over> {
    try {
      return await this.following.show(change, first);
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  private async change(): Promise<Change | undefined> {
    if (this.first) {
      const position = await this.begun;
      const change = { position: this.position ?? position, happened: this.gathered };
      this.gathered = [];
      return this.ended ? undefined : change;
    }
    while (!this.ended && this.gathered.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.ended) return undefined;
    const happened = this.gathered;
    this.gathered = [];
    return { position: this.position, happened };
  }
}
