/** Asks a server now and then whether it is there, for the health check: between writes nobody else would notice. */
export class Reachable {
  private timer: NodeJS.Timeout | undefined;
  private why: string | undefined;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly ask: () => Promise<unknown>,
    private readonly everyMs = 2_000,
  ) {}

  /** Why it cannot be reached, as of the last answer. */
  get problem(): string | undefined {
    return this.why;
  }

  start(): void {
    this.timer = setInterval(() => (this.asking ??= this.once()), this.everyMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.asking;
  }

  private async once(): Promise<void> {
    try {
      await this.ask();
      this.why = undefined;
    } catch (error) {
      this.why = error instanceof Error ? error.message : String(error);
    } finally {
      this.asking = undefined;
    }
  }
}
