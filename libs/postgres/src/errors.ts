/** PostgreSQL does not answer now: whoever asks again later may be served. What was under way was either committed or not, as a whole. */
export class PostgresUnavailable extends Error {
  override readonly name = 'PostgresUnavailable';
}

/** This server cannot hold the tables: its version or its encoding. */
export class PostgresUnsupported extends Error {
  override readonly name = 'PostgresUnsupported';
}

/** The connection URL cannot be one. Never says the password. */
export class PostgresUrlInvalid extends Error {
  override readonly name = 'PostgresUrlInvalid';
}

/** The server said that it stops, starts, has no connection left, or lost what it was writing to: SQLSTATE classes 08, 53, 57P, 58, 25006. */
const outages = /^(08|53|57P|58)|^25006$|^25P03$/;
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** The server, or what vouches for it, refuses this client: SQLSTATE class 28, no such database, TLS. Somebody has to change something. */
const refusals = /^(28|3D000)|^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_|UNABLE_TO_)/;
const withoutTls = /does not support SSL connections/i;

/** Whether it is of no use to try again before the credentials, the database or the certificates are other ones. */
export function isRefusal(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (typeof code === 'string' && refusals.test(code)) || withoutTls.test(String(message));
}

/** What the client says without a code. */
const withoutCode =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|query read timeout|connection error/i;

/** Whether the server could not be reached or does not serve us, as opposed to having refused what was asked. */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, errors, message } = error as Record<string, unknown>;
  if (name === 'PostgresUnavailable' || isRefusal(error)) return true;
  if (typeof code === 'string') return unreachable.has(code) || outages.test(code);
  // Of an address with several hosts, one error each.
  if (Array.isArray(errors)) return errors.some(isOutage);
  return typeof message === 'string' && withoutCode.test(message);
}

/** Two transactions met (SQLSTATE 40001, 40P01): the one that was undone may be tried again. */
export function isContention(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === '40001' || code === '40P01';
}
