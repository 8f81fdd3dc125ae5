import { readFileSync } from 'node:fs';

/** What time it is, as an ISO 8601 instant in UTC with milliseconds. Passed in everywhere; decisions receive the instant. */
export abstract class Clock {
  abstract now(): string;
}

/** The machine's clock: the only reader of `Date.now()`. */
export class SystemClock extends Clock {
  private ms = NaN;
  private text = '';

  now(): string {
    const ms = Date.now();
    if (ms !== this.ms) this.text = new Date((this.ms = ms)).toISOString();
    return this.text;
  }
}

/** A clock in a file, for tests across processes: the file holds one instant. Chosen only when `NODE_ENV=test`. */
export class FileClock extends Clock {
  constructor(private readonly path: string) {
    super();
  }

  now(): string {
    return new Date(readFileSync(this.path, 'utf8').trim()).toISOString();
  }
}

/** A clock set by hand: tests and the writing of the demo community. */
export class ManualClock extends Clock {
  constructor(private instant: string) {
    super();
  }

  now(): string {
    return this.instant;
  }

  set(instant: string): void {
    this.instant = new Date(instant).toISOString();
  }
}
