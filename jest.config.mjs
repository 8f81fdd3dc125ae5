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

/** Native ESM; see package.json for how it is started. */
export default {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts', '<rootDir>/apps/**/*.e2e-spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform,
  moduleNameMapper,
  workerIdleMemoryLimit: '512MB',
  maxWorkers: 2,
  testTimeout: 60_000,
};
