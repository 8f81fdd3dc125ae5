import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a DATA_DIR says of its demo community, in a file written before anything else and again at the end: a writing that was cut short
 * goes on with the same community and the same dates.
 */
export interface Mark {
  readonly communityId: string;
  /** The instant that the story leads up to: every date in it is counted from here. */
  readonly base: string;
  readonly written: boolean;
}

const fileIn = (dataDir: string): string => join(dataDir, 'demo.json');

export function readMark(dataDir: string): Mark | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Mark;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Durable when it returns: the file is whole, the old one or the new one. */
export function writeMark(dataDir: string, mark: Mark): void {
  const unfinished = `${fileIn(dataDir)}.new`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(mark, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, fileIn(dataDir));
  const folder = openSync(dataDir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
