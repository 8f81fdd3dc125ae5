import type { Log } from '../log.js';

/** One thing that must be well before requests are sent here. */
export interface Check {
  readonly name: string;
  /** What strangers are told when it is not well. */
  readonly code: string;
  /** What is wrong, for the log alone; or nothing. */
  readonly problem: () => string | undefined;
}

/** What `/health/ready` says: whether everything is well, and of each check `ok` or its code. Nothing of what is inside. */
export interface Health {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

/** Gathers the checks of whatever runs in this process. What is wrong is logged when it is first found, and when it changes. */
export class Readiness {
  private readonly checks: Check[] = [];
  private readonly known = new Map<string, string>();

  constructor(private readonly log: Pick<Log, 'warn' | 'info'>) {}

  add(...checks: readonly Check[]): void {
    this.checks.push(...checks);
  }

  health(): Health {
    const found = this.checks.map(({ name, code, problem }) => {
      const wrong = problem();
      this.tell(name, wrong);
      return [name, wrong === undefined ? 'ok' : code] as const;
    });
    return { ready: found.every(([, state]) => state === 'ok'), checks: Object.fromEntries(found) };
  }

  private tell(check: string, problem: string | undefined): void {
    if (this.known.get(check) === problem) return;
    if (problem === undefined) {
      this.known.delete(check);
      this.log.info({ check }, 'Ready again');
    } else {
      this.known.set(check, problem);
      this.log.warn({ check, problem }, 'Not ready');
    }
  }
}
