import { settings } from './config.js';
import type { Log } from './log.js';

/** Shorter names are near too many that belong to something else: HOST and HOME. */
const shortest = 6;

/** Variables of the environment that are one slip away from a setting and are none: what they say is not read. */
export function mistyped(environment: Readonly<Record<string, string | undefined>>): [given: string, meant: string][] {
  const names = Object.keys(settings);
  return Object.keys(environment).flatMap((given): [string, string][] => {
    if (given in settings) return [];
    const meant = names.find((name) => name.length >= shortest && isOneSlip(given.toUpperCase(), name));
    return meant === undefined ? [] : [[given, meant]];
  });
}

export function warnOfMistyped(environment: Readonly<Record<string, string | undefined>>, log: Log): void {
  for (const [given, meant] of mistyped(environment))
    log.warn({ given, meant }, `${given} is no setting and is not read: is ${meant} meant?`);
}

/** Equal, or a letter too many, one too few, another one, or two that changed places. */
function isOneSlip(given: string, name: string): boolean {
  let same = 0;
  while (same < name.length && given[same] === name[same]) same += 1;
  const [a, b] = [given.slice(same), name.slice(same)];
  const swapped = a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return a === b || a.slice(1) === b || a === b.slice(1) || (a.length > 0 && a.slice(1) === b.slice(1)) || swapped;
}
