import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and what it lies in, one at a time. Node's own recursive way never returns where a folder cannot be made and its
 * parent says that nothing is there, as on some virtual disks.
 */
export function makeFolder(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent);
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
}
