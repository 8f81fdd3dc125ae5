import { PostgresUrlInvalid } from './errors.js';

const shape = 'postgres://user:password@host:5432/database is expected';

/** Where a connection URL leads, for messages: host, port and database, never the password. Throws PostgresUrlInvalid. */
export function addressOf(url: string): string {
  if (!URL.canParse(url)) throw new PostgresUrlInvalid(`the URL cannot be read: ${shape}`);
  const { protocol, hostname, port, pathname } = new URL(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:')
    throw new PostgresUrlInvalid(`the URL begins with ${protocol}//: ${shape}`);
  const database = decodeURIComponent(pathname.slice(1));
  if (hostname === '' || database === '' || database.includes('/'))
    throw new PostgresUrlInvalid(`the URL names no ${hostname === '' ? 'host' : 'database'}: ${shape}`);
  return `${hostname}:${port === '' ? '5432' : port}/${database}`;
}
