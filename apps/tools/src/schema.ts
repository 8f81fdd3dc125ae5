import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contracts } from '../../api/src/contracts.js';

const folder = resolve('schema');

/** Writes the three contracts of `schema/`; with `--check`, only says which of them is not fresh. */
export async function run(words: readonly string[]): Promise<number> {
  const files = Object.entries(await contracts());
  if (words.includes('--check')) {
    const stale = files.filter(([name, content]) => standing(name) !== content).map(([name]) => name);
    for (const name of stale) console.error(`schema/${name} is not fresh`);
    return stale.length === 0 ? 0 : 1;
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  console.log(`wrote schema/${files.map(([name]) => name).join(', schema/')}`);
  return 0;
}

function standing(name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
}
