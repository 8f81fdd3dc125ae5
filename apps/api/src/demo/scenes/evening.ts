import type { Weekday } from '../calendar.js';
import type { CircleName } from '../circles.js';
import { type Gathering, meet } from '../gathering.js';
import type { Who } from '../people.js';
import type { Scene, World } from '../world.js';

type Happens = (world: World, gathering: Gathering) => Promise<void>;
type Evening = (week: number, happens?: Happens, absent?: readonly Who[]) => Scene;

/** The meetings of a circle, always on the same day at the same hour. Without anything to decide, people meet all the same. */
export const evenings =
  (circle: CircleName, day: Weekday, hour: string): Evening =>
  (week, happens = () => Promise.resolve(), absent = []) => ({
    name: `${circle}, ${week}`,
    at: [week, day, hour],
    play: (world) =>
      meet(
        world.stage,
        `${circle} week ${week}`,
        world.table(circle),
        (gathering) => happens(world, gathering),
        absent,
      ),
  });
