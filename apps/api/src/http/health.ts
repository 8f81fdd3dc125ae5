/** One thing that must be well before requests are sent here. Answers what is wrong, or nothing. */
export interface Check {
  readonly name: string;
  readonly problem: () => string | undefined;
}

/** What `/health/ready` says: whether everything is well, and each check in words. */
export interface Health {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

/** Gathers the checks of whatever runs in this process. */
export class Readiness {
  private readonly checks: Check[] = [];

  add(...checks: readonly Check[]): void {
    this.checks.push(...checks);
  }

  health(): Health {
    const found = this.checks.map(({ name, problem }) => [name, problem()] as const);
    return {
      ready: found.every(([, problem]) => problem === undefined),
      checks: Object.fromEntries(found.map(([name, problem]) => [name, problem ?? 'ok'])),
    };
  }
}
