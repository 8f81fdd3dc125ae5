import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** A sound tree in small, of the shape that the rules speak of. */
const sound: Readonly<Record<string, string>> = {
  'libs/kernel/src/index.ts': 'export const one = 1;',
  'libs/event-store/src/index.ts': 'export const store = 1;',
  'libs/event-store/src/adapters.ts': `export * from './adapters/sqlite.js';`,
  'libs/event-store/src/adapters/sqlite.ts': 'export const sqlite = 1;',
  'libs/circles/src/index.ts': `export * from './standing.js';`,
  'libs/circles/src/standing.ts': `export { circle } from './domain/circle.js';`,
  'libs/circles/src/domain/circle.ts': `import { one } from '@app/kernel'; export const circle = one;`,
  'libs/decisions/src/index.ts': `export * from './domain/proposal.js';`,
  'libs/decisions/src/domain/proposal.ts': `import { one } from '@app/kernel'; export const proposal = one;`,
  'libs/decisions/src/write/raise.ts': `import { circle } from '@app/circles'; export const raise = circle;`,
  'libs/decisions/src/read/rows.ts': 'export const rows = 1;',
  'libs/decisions/src/graphql/resolver.ts': `import { raise } from '../write/raise.js'; import { rows } from '../read/rows.js'; export const it = raise + rows;`,
  'apps/api/src/api.module.ts': `import { sqlite } from '@app/event-store/adapters'; export const it = sqlite;`,
};

/** One violation of each rule, planted in the sound tree. */
const violations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-cycles': {
    'libs/kernel/src/a.ts': `import { b } from './b.js'; export const a = b;`,
    'libs/kernel/src/b.ts': `import { a } from './a.js'; export const b = a;`,
  },
  'everything-resolves': { 'libs/kernel/src/a.ts': `import { b } from './nowhere.js'; export const a = b;` },
  'domain-is-pure': {
    'libs/decisions/src/domain/a.ts': `import { readFileSync } from 'node:fs'; export const a = readFileSync;`,
  },
  'reads-and-writes-never-meet': {
    'libs/decisions/src/read/a.ts': `import { raise } from '../write/raise.js'; export const a = raise;`,
  },
  'only-the-front-door': {
    'libs/decisions/src/write/a.ts': `import { circle } from '../../../circles/src/domain/circle.js'; export const a = circle;`,
  },
  'only-policies-and-reads-have-neighbours': {
    'libs/decisions/src/graphql/a.ts': `import { circle } from '@app/circles'; export const a = circle;`,
  },
  'only-modules-name-adapters': {
    'apps/api/src/a.ts': `import { sqlite } from '@app/event-store/adapters'; export const a = sqlite;`,
  },
  'only-telemetry-measures': {
    'libs/event-store/src/a.ts': `import { Counter } from 'prom-client'; export const a = Counter;`,
  },
};

/** The names of the rules that a tree breaks. */
function broken(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'ronde-architecture-'));
  try {
    copyFileSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = join(root, '.dependency-cruiser.cjs');
    const options = ['--config', config, '--output-type', 'json', 'apps', 'libs'];
    const report = JSON.parse(
      execFileSync(process.execPath, [cruise, ...options], { cwd: folder, encoding: 'utf8' }),
    ) as {
      summary: { violations: { rule: { name: string } }[] };
    };
    return [...new Set(report.summary.violations.map(({ rule }) => rule.name))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the import rules', () => {
  it('each have a violation planted here', () => {
    const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[];
    };
    expect(Object.keys(violations).sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  it('are silent on a sound tree', () => expect(broken(sound)).toEqual([]), 60_000);

  it.each(Object.entries(violations))(
    '%s fires on its violation',
    (rule, planted) => expect(broken({ ...sound, ...planted })).toContain(rule),
    60_000,
  );
});
