import { accountsIn } from './demo/index.js';
import type { Running } from './running.js';

/** The last lines of a start: where to open it and, where there is a demo community, with which accounts. */
export function greeting({ url, house }: Running): string {
  const accounts = accountsIn(house.config.DATA_DIR);
  const width = Math.max(...accounts.map(({ email }) => email.length));
  const lines = accounts.map(
    ({ email, password, name, role }) => `  ${email.padEnd(width)}  ${password}  ${name}, ${role}`,
  );
  return [
    ...(lines.length === 0 ? [] : ['Sign in as one of the demo community / Comptes de démonstration :', ...lines]),
    `GraphQL  ${url}/graphql`,
    `Ronde    ${url}/`,
  ].join('\n');
}
