import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, destination, pino } from 'pino';

export type Log = Logger;

/** What never reaches the log, wherever an object that has it is logged. */
const secrets = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'secret',
];

/** The process's log: one JSON line each, on stderr, so that stdout stays for people. */
export function openLog(level: string, to: DestinationStream = destination({ fd: 2, sync: true })): Log {
  const paths = secrets.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[redacted]' } },
    to,
  );
}

/** Nest's own lines in the same log. What Nest says while it puts itself together is of no interest to an operator: debug. */
export function nestLog(log: Log): LoggerService {
  const at =
    (level: 'fatal' | 'error' | 'warn' | 'debug' | 'trace') =>
    (message: unknown, ...rest: readonly unknown[]): void => {
      const err = [message, ...rest].find((it) => it instanceof Error);
      const text = message instanceof Error ? message.message : String(message);
      log[level]({ context: rest.at(-1), ...(err === undefined ? {} : { err }) }, text);
    };
  return {
    fatal: at('fatal'),
    error: at('error'),
    warn: at('warn'),
    log: at('debug'),
    debug: at('debug'),
    verbose: at('trace'),
  };
}
