import { CloseMeeting, OpenMeeting } from '@app/meetings';
import { idOf } from '@app/kernel';
import type { Who } from './people.js';
import type { Stage } from './stage.js';

/** A circle at one time of the story: where it is written, who belongs to it, who leads its rounds and who records them. */
export interface Table {
  readonly circleId: string;
  readonly members: readonly Who[];
  readonly facilitator: Who;
  readonly secretary: Who;
}

/** An open meeting of a circle. */
export interface Gathering extends Table {
  readonly meetingId: string;
  readonly present: readonly Who[];
}

/** Opens a meeting of the circle, without the `absent`. */
export async function gather(stage: Stage, key: string, table: Table, absent: readonly Who[] = []): Promise<Gathering> {
  const { circleId, members, facilitator, secretary } = table;
  const present = members.filter((who) => !absent.includes(who));
  const lead = present.includes(facilitator) ? facilitator : secretary;
  const input = { circleId, present: stage.members(present) };
  const { stream } = await stage.act(lead, `${key}/open`, (caller) => new OpenMeeting(caller, input));
  return { ...table, facilitator: lead, meetingId: idOf(stream), present };
}

export async function part(stage: Stage, key: string, { facilitator, meetingId }: Gathering): Promise<void> {
  await stage.act(facilitator, `${key}/close`, (caller) => new CloseMeeting(caller, { meetingId }));
}

/** A meeting from its opening to its close. */
export async function meet(
  stage: Stage,
  key: string,
  table: Table,
  happens: (gathering: Gathering) => Promise<void> = () => Promise.resolve(),
  absent: readonly Who[] = [],
): Promise<void> {
  const gathering = await gather(stage, key, table, absent);
  await happens(gathering);
  await part(stage, key, gathering);
}
