import type { Details } from '@app/kernel';

/** The details of a refusal as an event carries them: text, at most 200 characters each. */
export const detailsOf = (details: Details): string[] =>
  Object.entries(details).map(([name, value]) => `${name}=${String(value)}`.slice(0, 200));
