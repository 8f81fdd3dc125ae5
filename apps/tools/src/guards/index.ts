import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGuards, findTests, type Guard, type NamedTest } from './find.js';
import { invariantTable } from './table.js';

/** What became of the tests that name an invariant when one of its guards was taken away. */
type Outcome = { readonly guard: Guard; readonly failed: boolean; readonly told: string };

/** A copy of the tree to break in peace. */
function copyOf(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ronde-guards-'));
  for (const name of ['libs', 'jest.config.mjs', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'apps'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return folder;
}

function jest(folder: string, specs: readonly string[], pattern: string): Promise<{ code: number; told: string }> {
  const args = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand'];
  const child = spawn(process.execPath, [...args, '--testNamePattern', pattern, ...specs], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'test' },
  });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, told }));
  });
}

/** The specs that name the guard's invariant, in the guard's own lib where there are any. */
function specsFor(guard: Guard, tests: readonly NamedTest[]): string[] {
  const lib = guard.file.split('/').slice(0, 2).join('/');
  const naming = tests.filter(
    (it) => it.file.startsWith(`${lib}/`) && it.invariants.some((inv) => guard.invariants.includes(inv)),
  );
  return [...new Set(naming.map((it) => it.file))];
}

async function without(guard: Guard, folder: string, tests: readonly NamedTest[]): Promise<Outcome> {
  const specs = specsFor(guard, tests);
  if (specs.length === 0) return { guard, failed: false, told: 'no test names it' };
  const path = join(folder, guard.file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, whole.slice(0, guard.start) + guard.instead + whole.slice(guard.end));
  try {
    const { code, told } = await jest(folder, specs, guard.invariants.join('|'));
    const ran = /Tests:.*\d+ (failed|passed)/.test(told);
    return { guard, failed: code !== 0 && ran && /Tests:.*\d+ failed/.test(told), told: ran ? '' : told.slice(-600) };
  } finally {
    writeFileSync(path, whole);
  }
}

/**
 * Disables each guard in turn, in a copy, and runs the tests that name its invariant: one of them must fail (house §0, "nothing is enforced until
 * we have watched it fail"). Also proves that docs/invariants.md is the table of guards and tests as they stand.
 */
export async function run(args: readonly string[]): Promise<number> {
  const root = process.cwd();
  const [guards, tests] = [findGuards(root), findTests(root)];
  const document = join(root, 'docs/invariants.md');
  const table = invariantTable(guards, tests);
  if (args.includes('--write')) {
    writeFileSync(document, table);
    return 0;
  }
  const only = args.find((it) => it.startsWith('INV-'));
  const queue = guards.filter((guard) => only === undefined || guard.invariants.includes(only));
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    const folder = copyOf(root);
    try {
      for (let guard = queue.shift(); guard !== undefined; guard = queue.shift()) {
        const outcome = await without(guard, folder, tests);
        outcomes.push(outcome);
        const { invariants, file, line, place } = guard;
        const verdict = outcome.failed ? 'seen to fail' : 'NOT NOTICED';
        console.log(
          `${verdict}: ${invariants.join(' ')} ${file}:${line} ${place}${outcome.told ? ` (${outcome.told})` : ''}`,
        );
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, cpus().length) }, work));
  const unnoticed = outcomes.filter((it) => !it.failed).length;
  const fresh = readFileSync(document, 'utf8') === table;
  if (!fresh)
    console.log('docs/invariants.md is not the table as it stands: npm run check:guards -- --write, then commit it');
  console.log(`${outcomes.length - unnoticed + (fresh ? 1 : 0)} passed, ${unnoticed + (fresh ? 0 : 1)} failed`);
  return unnoticed === 0 && fresh ? 0 : 1;
}
