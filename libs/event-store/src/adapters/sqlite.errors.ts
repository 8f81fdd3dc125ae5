import { CorruptLog } from '../errors.js';

/** SQLite's code of an error, '' for any other error. By shape: threads and test environments have error classes of their own. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

export function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' ? message : String(error);
}

/** Somebody else holds the database at this moment. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/** An error that says the file is damaged, as CorruptLog; any other as it is. */
export function asCorrupt(error: unknown, file: string): unknown {
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))) return error;
  return new CorruptLog(`${file}: ${messageOf(error)}`, { cause: error });
}
