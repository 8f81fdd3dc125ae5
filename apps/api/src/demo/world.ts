import { rootCircleOf } from '@app/circles';
import type { EffectInput } from '@app/decisions';
import { derivedId } from '@app/kernel';
import { Ballot, type ElectionText } from './ballot.js';
import type { Moment } from './calendar.js';
import type { CircleName } from './circles.js';
import type { Table } from './gathering.js';
import type { Who } from './people.js';
import type { ProposalText } from './proposal-text.js';
import { Sheet } from './sheet.js';
import type { Stage } from './stage.js';

/** One evening of the story, or one act between two. */
export interface Scene {
  /** Its name in the story: never changed. */
  readonly name: string;
  readonly at: Moment;
  play(world: World): Promise<void>;
}

/** What the scenes share while the story is told: the circles as they are by then, and what is on their tables. */
export class World {
  private readonly circles = new Map<CircleName, Table>();
  private readonly sheets = new Map<string, Sheet>();
  private readonly ballots = new Map<string, Ballot>();

  constructor(
    readonly stage: Stage,
    /** Brings people into the community, invited by one of its members; the founder by nobody. */
    readonly join: (people: readonly Who[], invitedBy?: Who) => Promise<void>,
  ) {
    this.rootCircleId = rootCircleOf(stage.communityId);
  }

  readonly rootCircleId: string;

  /** The circle as it is at this point of the story. */
  table(name: CircleName): Table {
    const table = this.circles.get(name);
    if (table === undefined) throw new Error(`the circle ${name} is not there yet`);
    return table;
  }

  becomes(name: CircleName, change: Partial<Table>): Table {
    const table = { ...this.circles.get(name), ...change } as Table;
    this.circles.set(name, table);
    return table;
  }

  /** The id of the n-th item of the domain the community was founded with. */
  item(place: number): string {
    return derivedId(this.stage.communityId, 'domain item', String(place));
  }

  /** The proposal of this text, the same every time; `effect` where it changes something by itself. */
  sheet(circle: CircleName, text: ProposalText, effect?: () => EffectInput): Sheet {
    const known = this.sheets.get(text.key);
    if (known !== undefined) return known;
    const sheet = new Sheet(this.stage, this.table(circle).circleId, text, effect?.());
    this.sheets.set(text.key, sheet);
    return sheet;
  }

  /** The election of this text, the same every time. */
  ballot(text: ElectionText): Ballot {
    const known = this.ballots.get(text.key) ?? new Ballot(this.stage, text);
    this.ballots.set(text.key, known);
    return known;
  }
}
