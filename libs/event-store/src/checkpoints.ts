import type { Position } from './event-store.js';
import type { Turn } from './leases.js';

/** How far each policy has come. Saved after the handlers, so that a kill in between repeats an event and never loses one. */
export abstract class CheckpointStore {
  abstract load(): Promise<ReadonlyMap<string, Position>>;
  /** Durable when it resolves. */
  abstract save(moves: ReadonlyMap<string, Position>): Promise<void>;
  /** Forgets a policy's place: it begins again at the first event. */
  abstract reset(name: string): Promise<void>;
}

/** Checkpoints that several processes see: one moves them, in its turn, the others watch. */
export abstract class SharedCheckpointStore extends CheckpointStore {
  /** The same checkpoints for one turn: nothing is saved once it is over. */
  abstract guarded(guard: Turn['guard']): CheckpointStore;
  /** Tells of every move, whichever process made it, and of all places now and again. Answers how to stop. */
  abstract watch(
    moved: (places: Iterable<readonly [string, Position]>, all: boolean) => void,
    onTrouble: (error: unknown) => void,
  ): () => void;
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
