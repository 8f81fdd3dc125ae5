import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, root, stop } from './ready.mjs';

install();
build();
const folder = mkdtempSync(join(tmpdir(), 'ronde-test-'));
const report = join(folder, 'report.json');
const jest = join(root, 'node_modules/jest/bin/jest.js');
const options = ['--experimental-vm-modules', '--no-warnings', jest, '--json', `--outputFile=${report}`];
const { status } = spawnSync(process.execPath, [...options, ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, NODE_ENV: 'test' },
});
let result;
try {
  result = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  stop(`ronde: jest ended with status ${status} and left no report.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const broken = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
console.log(`${result.numPassedTests} passed, ${result.numFailedTests + broken.length} failed`);
process.exit(status ?? 1);
