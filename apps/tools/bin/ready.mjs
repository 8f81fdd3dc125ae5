import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Ends the process with one line that says what to do. */
export function stop(message, code = 1) {
  console.error(message);
  process.exit(code);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) stop(`ronde: cannot run ${command}: ${error.message}`);
  return status ?? 1;
}

const digest = (texts) => texts.reduce((hash, text) => hash.update(text), createHash('sha256')).digest('hex');
const stampOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/**
 * Installs what package-lock.json names, unless exactly that was installed before. Not `npm ci`: it refuses a lock that lacks the optional
 * binaries of other platforms, which not every copy of the registry carries.
 */
export function install() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`ronde: Node.js 20.19 or newer is needed, this is ${process.version}.`);
  const lock = digest([readFileSync(join(root, 'package-lock.json'))]);
  const stamp = join(root, 'node_modules/.ronde-installed');
  if (stampOf(stamp) === lock) return;
  console.log('ronde: installing packages (first start, or the list changed)…');
  if (run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']) !== 0)
    stop('ronde: the packages could not be installed; see the lines above, then run the same command again.');
  writeFileSync(stamp, lock);
}

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(spec|e2e-spec)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Builds the applications, unless the very same sources were built before. */
export function build() {
  const files = [...sources('apps'), ...sources('libs')].filter((path) => !path.includes('/bin/'));
  for (const name of ['package-lock.json', 'tsconfig.json', 'nest-cli.json']) files.push(join(root, name));
  const sum = digest(files.flatMap((path) => [path.slice(root.length), readFileSync(path)]));
  const stamp = join(root, 'dist/.ronde-built');
  if (stampOf(stamp) === sum) return;
  console.log('ronde: building…');
  for (const app of ['api', 'projector', 'tools'])
    if (run('npx', ['--no-install', 'nest', 'build', app]) !== 0)
      stop(`ronde: the ${app} application could not be built; see the lines above.`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, sum);
}

export { run };
