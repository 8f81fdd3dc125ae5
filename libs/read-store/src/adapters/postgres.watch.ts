import { type Position, PositionBell } from '@app/event-store';
import type { Postgres } from '@app/postgres';
import type { Mark } from '../read-store.js';
import type { Found, Generations } from './postgres.generations.js';

/** What a writer tells on the channel, in the transaction that it tells of. */
export interface Told {
  readonly generation: number;
  readonly mark: Mark;
}

/** Notifications may be lost with their connection: this often it is asked all the same. */
const POLL_MS = 1_000;
/** And so often the tables themselves are looked at, in polls: somebody may have dropped one by hand. */
const INSPECTION = 10;

const ALARM = 'look';

/** Keeps in mind what is served and how far it has come, whichever process writes it. */
export class Watch {
  private readonly bell = new PositionBell();
  private readonly stop: () => void;
  private readonly poll: NodeJS.Timeout;
  private looking: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  /** Counts what was noticed, so that an older look does not undo it. */
  private noticed = 0;
  private polls = 0;
  private ended = false;
  private readonly troubled = new Set<() => void>();

  private constructor(
    private readonly postgres: Postgres,
    private readonly generations: Generations,
    private state: Found,
    private readonly onTrouble: (error: Error) => void,
  ) {
    this.ring();
    this.stop = postgres.listen(generations.schema, (told) => this.hear(told));
    this.poll = setInterval(() => this.look((this.polls += 1) % INSPECTION === 0), POLL_MS).unref();
  }

  static async begin(
    postgres: Postgres,
    generations: Generations,
    onTrouble: (error: Error) => void = () => undefined,
  ): Promise<Watch> {
    return new Watch(postgres, generations, await generations.look(postgres), onTrouble);
  }

  get found(): Found {
    return this.state;
  }

  /** The generation that can be read; nothing when there is none. */
  get serving(): number | undefined {
    return this.state.standing.kind === 'unusable' ? undefined : this.state.generation;
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.bell.waitFor(position, timeoutMs);
  }

  /** This process has just changed it, or found it to be otherwise. */
  notice(found: Found): void {
    const { serving } = this;
    this.noticed += 1;
    this.state = found;
    this.ring();
    if (serving !== undefined && this.serving === undefined) for (const tell of this.troubled) tell();
  }

  /** Calls back when what was served cannot be any more. */
  onBroken(tell: () => void): () => void {
    this.troubled.add(tell);
    return () => void this.troubled.delete(tell);
  }

  /** Reads what is served as it is now; `thoroughly`: the tables themselves included. */
  refresh(thoroughly = false): Promise<void> {
    if (thoroughly) return this.read(true);
    if (this.looking === undefined) return (this.looking = this.read(false).finally(() => (this.looking = undefined)));
    const again = (): Promise<void> => {
      this.next = undefined;
      return this.refresh();
    };
    return (this.next ??= this.looking.then(again, again));
  }

  end(): void {
    this.ended = true;
    clearInterval(this.poll);
    this.stop();
  }

  private async read(thoroughly: boolean): Promise<void> {
    for (;;) {
      const { noticed, state } = this;
      const found = await this.generations.look(this.postgres, thoroughly ? undefined : state);
      if (noticed === this.noticed) return this.notice(found);
      // Meanwhile it went on: what is older than that is only news where it is about other tables.
      const known = this.state.mark;
      if (found.generation === this.state.generation && known !== undefined && found.mark !== undefined)
        return this.notice({ ...found, mark: known.position > found.mark.position ? known : found.mark });
    }
  }

  /** Found gone what should be there: who writes should look too. */
  async alarm(): Promise<void> {
    await this.postgres.query('select pg_notify($1, $2)', [this.generations.schema, ALARM]);
  }

  private hear(payload: string | undefined): void {
    if (payload === undefined || payload === '') return this.look();
    if (payload === ALARM) return this.look(true);
    const told = JSON.parse(payload) as Told;
    if (told.generation !== this.state.generation) return this.look();
    const at = this.state.mark?.position ?? '';
    if (told.mark.position > at) this.notice({ ...this.state, mark: told.mark });
  }

  private look(thoroughly = false): void {
    this.refresh(thoroughly).catch((error: Error) => {
      if (!this.ended) this.onTrouble(error);
    });
  }

  /** Whoever waits is told; rows that are no longer there, or not yet again, have not been passed. */
  private ring(): void {
    const position = this.serving === undefined ? undefined : this.state.mark?.position;
    const last = this.bell.position;
    if (position === undefined || (last !== undefined && position < last)) this.bell.reset(position);
    else this.bell.ring(position);
  }
}
