import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hash, hkdfSync, randomBytes } from 'node:crypto';

const BYTES = 32;

/** The master key cannot be used; the message says which file and what to do. The start is refused. */
export class MasterKeyUnusable extends Error {
  override readonly name = 'MasterKeyUnusable';
}

/** What is derived from the master key: one key per purpose, so that none of them tells anything of another. */
export interface DerivedKeys {
  /** Wraps the keys that are stored. */
  readonly wrapping: Buffer;
  readonly fingerprint: (text: string) => string;
}

export function derive(master: Buffer): DerivedKeys {
  const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', `ronde ${purpose} v1`, BYTES));
  return {
    wrapping: key('wrapping'),
    fingerprint: hmac(key('fingerprint')),
  };
}

const BLOCK = 64;

/** HMAC-SHA-256 (RFC 2104) by two one-shot hashes: every command passes here, and an Hmac object a time costs the collector three times that. */
export function hmac(key: Buffer): (text: string) => string {
  const padded = Buffer.concat([key], BLOCK);
  const inner = padded.map((byte) => byte ^ 0x36);
  const outer = Buffer.concat([padded.map((byte) => byte ^ 0x5c)], BLOCK + BYTES);
  let message = Buffer.concat([inner], 4_096);
  return (text) => {
    // At most three bytes a unit; the buffer is used again, and grows when a text is longer than any before.
    if (message.length < BLOCK + 3 * text.length) message = Buffer.concat([inner], BLOCK + 3 * text.length);
    const end = BLOCK + message.write(text, BLOCK);
    outer.write(hash('sha256', message.subarray(0, end), 'binary'), BLOCK, 'latin1');
    return hash('sha256', outer, 'hex');
  };
}

/**
 * The 32 bytes in MASTER_KEY_FILE. The file is made, readable by its owner alone, when it is not there and `mayCreate`: only at the
 * first start, while nothing was wrapped with an earlier one.
 */
export function readMasterKey(file: string, { mayCreate }: { mayCreate: boolean }): Buffer {
  const path = resolve(file);
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(path, 'cannot be read', error);
    if (!mayCreate) {
      throw new MasterKeyUnusable(
        `MASTER_KEY_FILE ${path} is missing, and what is stored was encrypted with it: put the file back from where you keep it`,
      );
    }
    return create(path);
  }
  try {
    return read(path, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function read(path: string, descriptor: number): Buffer {
  const { mode, size } = fstatSync(descriptor);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new MasterKeyUnusable(`MASTER_KEY_FILE ${path} can be read by others: run chmod 600 on it`);
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(descriptor);
  } catch (error) {
    throw unusable(path, 'cannot be read', error);
  }
  if (bytes.length !== BYTES) {
    throw new MasterKeyUnusable(
      `MASTER_KEY_FILE ${path} holds ${size} bytes instead of ${BYTES}: put the right file back from where you keep it`,
    );
  }
  return bytes;
}

// Written beside and linked into place, so that a crash leaves a whole key or none.
function create(path: string): Buffer {
  const key = randomBytes(BYTES);
  const folder = dirname(path);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(draft, key, { mode: 0o600, flag: 'wx', flush: true });
    try {
      linkSync(draft, path);
    } finally {
      unlinkSync(draft);
    }
    const directory = openSync(folder, 'r');
    fsyncSync(directory);
    closeSync(directory);
  } catch (error) {
    throw unusable(path, 'cannot be made', error);
  }
  return key;
}

function unusable(path: string, what: string, cause: unknown): MasterKeyUnusable {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MasterKeyUnusable(`MASTER_KEY_FILE ${path} ${what}: ${reason}`, { cause });
}
