import { build, install, run } from './ready.mjs';

install();
const checks = [
  ['format', 'npx', ['--no-install', 'prettier', '--check', '--log-level', 'warn', '.']],
  ['lint', 'npx', ['--no-install', 'eslint', '.']],
  ['types', 'npx', ['--no-install', 'tsc', '--noEmit', '-p', 'tsconfig.json']],
  [
    'imports',
    'npx',
    ['--no-install', 'depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'apps', 'libs'],
  ],
];
let failed = 0;
for (const [name, command, args] of checks) {
  const ok = run(command, args) === 0;
  console.log(`check ${name}: ${ok ? 'ok' : 'FAILED'}`);
  if (!ok) failed += 1;
}
build();
const fresh = run(process.execPath, ['apps/tools/bin/verb.mjs', 'schema', '--check']) === 0;
console.log(`check schema: ${fresh ? 'ok' : 'FAILED (run npm run schema and commit the result)'}`);
if (!fresh) failed += 1;
console.log(`${checks.length + 1 - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
