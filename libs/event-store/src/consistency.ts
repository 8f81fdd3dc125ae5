import { performance } from 'node:perf_hooks';
import type { Receipt } from './act.js';
import type { Position } from './event-store.js';

/** Whoever can say when the read models have passed a position. */
export interface Projections {
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
}

/** Whoever can say what policies have done: the runner itself, or who watches another process's. */
export interface Acting {
  handles(types: readonly string[]): boolean;
  /** True once every policy that handles one of the receipt's facts has; false when the time (milliseconds) is over first. */
  acted(receipt: Receipt, timeoutMs: number): Promise<boolean>;
  /** Undefined when the time (milliseconds) is over first. */
  consequencesOf(receipt: Receipt, timeoutMs: number): readonly Receipt[] | Promise<readonly Receipt[] | undefined>;
}

/** Reads wait for writes: from a command's receipt to read models that show it, and what policies did because of it. */
export class Consistency {
  constructor(
    private readonly projections: Projections,
    private readonly policies: Acting,
  ) {}

  /** True once the rows show everything up to the position; false when the time (milliseconds) is over first. */
  shown(position: Position, timeoutMs: number): Promise<boolean> {
    return this.projections.waitFor(position, timeoutMs);
  }

  /**
   * `settled`: the projections have passed the receipt, every policy that acts on its facts has acted, and so on for the facts written in
   * consequence. `late`: the time (milliseconds) was over first; what was written stands.
   */
  async settle(receipt: Receipt, timeoutMs: number): Promise<'settled' | 'late'> {
    if (!this.policies.handles(receipt.types)) return said(await this.projections.waitFor(receipt.position, timeoutMs));
    const end = performance.now() + timeoutMs;
    const left = (): number => end - performance.now();
    const seen = new Set<Position>();
    let furthest = receipt.position;
    for (let wave: readonly Receipt[] = [receipt]; wave.length > 0;) {
      const next: Receipt[] = [];
      for (const it of wave) {
        if (seen.has(it.position)) continue;
        seen.add(it.position);
        if (it.position > furthest) furthest = it.position;
        if (!this.policies.handles(it.types)) continue;
        if (!(await this.policies.acted(it, left()))) return 'late';
        const caused = await this.policies.consequencesOf(it, left());
        if (caused === undefined) return 'late';
        next.push(...caused);
      }
      wave = next;
    }
    return said(await this.projections.waitFor(furthest, left()));
  }
}

const said = (passed: boolean): 'settled' | 'late' => (passed ? 'settled' : 'late');
