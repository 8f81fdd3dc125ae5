/** Rings after every commit. Whoever waits names the rings they have heard, so that none is missed in between. */
export class Doorbell {
  private rings = 0;
  private readonly waiting = new Set<() => void>();

  get heard(): number {
    return this.rings;
  }

  /** How many wait: nobody, once every subscription was aborted. */
  get listeners(): number {
    return this.waiting.size;
  }

  ring(): void {
    this.rings++;
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }

  /** Settles at the first ring after `heard`, or when the signal aborts. */
  async after(heard: number, signal: AbortSignal): Promise<void> {
    if (this.rings !== heard || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
