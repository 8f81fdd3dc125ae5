import type { Running } from './running.js';

/** The last lines of a start: where to open it, and with which accounts. */
export function greeting({ url }: Running): string {
  return `Ronde listens on ${url}\nGraphQL: ${url}/graphql`;
}
