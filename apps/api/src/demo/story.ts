import type { Calendar } from './calendar.js';
import { codeveloppementScenes } from './scenes/codeveloppement.js';
import { entraideScenes } from './scenes/entraide.js';
import { foundingScenes } from './scenes/founding.js';
import { generalScenes } from './scenes/general.js';
import { leadershipScenes } from './scenes/leadership.js';
import { releveScenes } from './scenes/releve.js';
import type { Scene, World } from './world.js';

const scenes: readonly Scene[] = [
  ...foundingScenes,
  ...generalScenes,
  ...entraideScenes,
  ...codeveloppementScenes,
  ...leadershipScenes,
  ...releveScenes,
];

/** Every scene, in the order of its moment. */
export function inOrder(calendar: Calendar): readonly Scene[] {
  const dated = scenes.map((scene) => ({ scene, at: calendar.instant(scene.at) }));
  return dated.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ scene }) => scene);
}

/** Tells the community's ten months, from its founding to this week. */
export async function tell(world: World, calendar: Calendar): Promise<void> {
  for (const { name, at, play } of inOrder(calendar)) {
    await world.stage.begin(name, at);
    await play(world);
  }
}
