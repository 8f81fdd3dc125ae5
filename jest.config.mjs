const libs = [
  'kernel',
  'vault',
  'event-store',
  'postgres',
  'read-store',
  'telemetry',
  'identity',
  'circles',
  'meetings',
  'decisions',
  'elections',
  'audit',
  'wording',
  'graph',
];
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      swcrc: false,
      sourceMaps: 'inline',
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      },
      module: { type: 'es6' },
    },
  ],
};
const moduleNameMapper = {
  '^(\\.{1,2}/.*)\\.js$': '$1',
  [`^@app/(${libs.join('|')})/testing$`]: '<rootDir>/libs/$1/src/testing.ts',
  '^@app/(vault|event-store|read-store|identity)/adapters$': '<rootDir>/libs/$1/src/adapters.ts',
  [`^@app/(${libs.join('|')})$`]: '<rootDir>/libs/$1/src/index.ts',
};

const shared = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform,
  moduleNameMapper,
};
/** Stories that are about what one process keeps in its own files, or start processes themselves. */
const ofOneProcess = [
  'backup',
  'broken-log',
  'crash',
  'demo',
  'eventstoredb',
  'lost',
  'mixed',
  'move',
  'observe',
  'production',
  'reading',
  'several',
  'start',
];

/** Native ESM; see package.json for how it is started. Stories are told twice: by one process, and by several on servers. */
export default {
  rootDir: '.',
  projects: [
    {
      ...shared,
      displayName: 'ronde',
      testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts', '<rootDir>/apps/**/*.e2e-spec.ts'],
    },
    {
      ...shared,
      displayName: 'several processes',
      testMatch: ['<rootDir>/apps/api/test/*.e2e-spec.ts'],
      testPathIgnorePatterns: [
        ...shared.testPathIgnorePatterns,
        ...ofOneProcess.map((story) => `/apps/api/test/${story}\\.e2e-spec\\.ts$`),
      ],
      globals: { deployment: 'several' },
    },
  ],
  workerIdleMemoryLimit: '512MB',
  maxWorkers: 2,
  testTimeout: 60_000,
};
