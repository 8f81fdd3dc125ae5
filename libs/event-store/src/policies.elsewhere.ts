import type { Receipt } from './act.js';
import type { EventStore, Position, StoredEvent } from './event-store.js';
import { PositionBell } from './follow.js';
import type { Policy } from './policy.js';

const PAGE = 500;
/** Policies act at once: what they wrote because of a fact does not stand further behind it than so many pages. */
const PAGES = 10;

export interface PoliciesElsewhereOptions {
  readonly store: EventStore;
  /** What the other process runs: its policies' names and the types they handle. */
  readonly policies: readonly Pick<Policy, 'name' | 'on'>[];
}

/** The policies, for a process that waits for them while another one runs them: told of its checkpoints, it finds in the log what they caused. */
export class PoliciesElsewhere {
  private readonly bells = new Map<string, PositionBell>();
  private readonly byType = new Map<string, PositionBell[]>();

  constructor(private readonly options: PoliciesElsewhereOptions) {
    for (const { name, on } of options.policies) {
      const bell = new PositionBell();
      this.bells.set(name, bell);
      for (const type of Object.keys(on)) this.byType.set(type, [...(this.byType.get(type) ?? []), bell]);
    }
  }

  /** These policies have come so far; when they are `all` there are, any other begins at the first event. */
  moved(places: Iterable<readonly [string, Position]>, all = false): void {
    const known = new Map(places);
    if (!all) for (const [name, position] of known) this.bells.get(name)?.ring(position);
    else for (const [name, bell] of this.bells) setTo(bell, known.get(name));
  }

  /** Whether any policy has something to do for one of these types. */
  handles(types: readonly string[]): boolean {
    return types.some((type) => this.byType.has(type));
  }

  /**
   * True once every policy that handles one of the receipt's facts has handled it; false when the time (milliseconds) is over first. A
   * checkpoint stands at the last event that was handled, which need not be the last of the receipt.
   */
  async acted(receipt: Receipt, timeoutMs: number): Promise<boolean> {
    const end = performance.now() + timeoutMs;
    const facts = await this.factsOf(receipt);
    if (facts.length < receipt.types.length) return false;
    const waits = facts.flatMap(({ type, position }) =>
      (this.byType.get(type) ?? []).map((bell) => bell.waitFor(position, end - performance.now())),
    );
    return (await Promise.all(waits)).every(Boolean);
  }

  /**
   * What policies have written because of the facts behind a receipt: the events of the log that name one of them as their cause. Nothing
   * when the time (milliseconds) is over first.
   */
  async consequencesOf(receipt: Receipt, timeoutMs: number): Promise<readonly Receipt[] | undefined> {
    const { store } = this.options;
    const over = performance.now() + timeoutMs;
    const causes = new Set((await this.factsOf(receipt)).map(({ id }) => id));
    const caused: StoredEvent[] = [];
    let after = receipt.position;
    for (let [pages, end] = [0, false]; !end && pages < PAGES; pages++) {
      if (performance.now() > over) return undefined;
      const page = await store.readAll({ after, max: PAGE });
      caused.push(...page.events.filter(({ meta }) => causes.has(meta.$causationId ?? '')));
      ({ next: after = after, end } = page);
    }
    return receiptsOf(caused);
  }

  private factsOf({ stream, revision, types }: Receipt): Promise<readonly StoredEvent[]> {
    return this.options.store.readStream(stream, { from: revision - types.length + 1, max: types.length });
  }
}

function setTo(bell: PositionBell, position: Position | undefined): void {
  if (position === undefined || position < (bell.position ?? '')) bell.reset(position);
  else bell.ring(position);
}

/** One receipt for all that one command wrote. */
function receiptsOf(events: readonly StoredEvent[]): readonly Receipt[] {
  const receipts = new Map<string, Receipt>();
  for (const { stream, revision, position, type, meta } of events) {
    const key = `${stream} ${meta.commandId}`;
    receipts.set(key, { stream, revision, position, types: [...(receipts.get(key)?.types ?? []), type] });
  }
  return [...receipts.values()];
}
