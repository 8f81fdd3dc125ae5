import { Clock } from '@app/kernel';

/** The real clock, except while a story of the past is written: then the instant the story has reached. */
export class StoryClock extends Clock {
  private told: string | undefined;

  constructor(private readonly real: Clock) {
    super();
  }

  now(): string {
    return this.told ?? this.real.now();
  }

  /** What the real clock shows, whatever is told. */
  really(): string {
    return this.real.now();
  }

  /** The story has come to this instant. It never goes back. */
  tell(instant: string): void {
    if (this.told === undefined || instant > this.told) this.told = instant;
  }

  /** The story is over: from now on it is now. */
  end(): void {
    this.told = undefined;
  }
}
