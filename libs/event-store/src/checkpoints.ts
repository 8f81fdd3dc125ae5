import type { Position } from './event-store.js';

/** How far each policy has come. Saved after the handlers, so that a kill in between repeats an event and never loses one. */
export abstract class CheckpointStore {
  abstract load(): Promise<ReadonlyMap<string, Position>>;
  /** Durable when it resolves. */
  abstract save(moves: ReadonlyMap<string, Position>): Promise<void>;
  /** Forgets a policy's place: it begins again at the first event. */
  abstract reset(name: string): Promise<void>;
}

export class MemoryCheckpointStore extends CheckpointStore {
  private readonly places = new Map<string, Position>();

  load(): Promise<ReadonlyMap<string, Position>> {
    return Promise.resolve(new Map(this.places));
  }

  save(moves: ReadonlyMap<string, Position>): Promise<void> {
    for (const [name, position] of moves) this.places.set(name, position);
    return Promise.resolve();
  }

  reset(name: string): Promise<void> {
    this.places.delete(name);
    return Promise.resolve();
  }
}
