import { type Config, readConfig } from './config.js';

/** Errors whose message is a line for the operator already. */
const told = new Set([
  'StartRefused',
  'DataDirLocked',
  'MasterKeyUnusable',
  'CorruptLog',
  'InvalidStoreUrl',
  'PostgresUrlInvalid',
]);

const folderTrouble: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'its disk is read-only',
  ENOTDIR: 'a part of that path is a file, not a folder',
  EEXIST: 'it is a file, not a folder',
  ENOENT: 'it cannot be made',
  ENOSPC: 'its disk is full',
  SQLITE_CANTOPEN: 'a database in it cannot be opened',
  SQLITE_READONLY: 'it is read-only',
  SQLITE_READONLY_DIRECTORY: 'it is read-only',
  SQLITE_READONLY_DBMOVED: 'a database in it was moved',
  SQLITE_FULL: 'its disk is full',
  SQLITE_PERM: 'this user may not write there',
  SQLITE_NOTADB: 'a file in it is not the database it should be',
  SQLITE_CORRUPT: 'a database in it is damaged: put it back from a backup',
};

/** Why the process does not start, in one line that says what to do. */
export function startFailure(error: unknown, environment: Readonly<Record<string, string | undefined>>): string {
  const { name, message, code, syscall } = partsOf(error);
  if (told.has(name)) return sentence(message);
  const { HOST, PORT, DATA_DIR }: Config = readConfig(environment);
  if (code === 'EADDRINUSE') return `${HOST}:${PORT} is in use: stop what listens there, or choose another PORT.`;
  if (isListening(syscall)) return `HOST ${HOST}, PORT ${PORT} cannot be listened on (${code}): choose others.`;
  const trouble =
    folderTrouble[code] ?? (code.startsWith('SQLITE_IOERR') ? 'its disk cannot be read or written' : undefined);
  if (trouble !== undefined)
    return `DATA_DIR ${DATA_DIR} cannot be used: ${trouble} (${code}). Choose another, or mend this one.`;
  return sentence(message);
}

/** Read as data: errors of the platform may come from another realm than ours. */
function partsOf(error: unknown): { name: string; message: string; code: string; syscall: string } {
  const { name = '', message = error, code = '', syscall = '' } = Object(error) as Record<string, unknown>;
  return { name: String(name), message: String(message), code: String(code), syscall: String(syscall) };
}

const isListening = (syscall: string): boolean => ['listen', 'bind', 'getaddrinfo'].includes(syscall);

function sentence(message: string): string {
  const [line = ''] = message.split('\n');
  return /[.:!?]$/.test(line) ? line : `${line}.`;
}
