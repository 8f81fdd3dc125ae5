/** The import rules of house.md; apps/api/test/architecture.spec.ts plants a violation of each and sees it caught. */
const contexts = 'circles|decisions|elections|meetings|audit';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'domain-is-pure',
      comment: 'domain/ imports itself and the kernel, nothing else: no framework, no I/O, no Node built-in.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/$1/src/domain/', '^libs/kernel/src/'] },
    },
    {
      name: 'reads-and-writes-never-meet',
      comment: 'read/ and write/ meet only through events.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/(read|write)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/$1/src/(read|write)/', pathNot: '^libs/$1/src/$2/' },
    },
    {
      name: 'only-the-front-door',
      comment: 'Another lib is entered through its index.ts, testing.ts or (by modules of apps) adapters.ts.',
      severity: 'error',
      from: { path: '^(libs/[^/]+|apps/[^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^$1/', '^libs/[^/]+/src/(index|testing|adapters)\\.ts$'] },
    },
    {
      name: 'only-policies-and-reads-have-neighbours',
      comment: 'domain/ and graphql/ import no other context; write/ may import a neighbour for its standing.',
      severity: 'error',
      from: { path: `^libs/(${contexts})/src/(domain|graphql)/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^libs/(${contexts})/src/`, pathNot: '^libs/$1/src/' },
    },
    {
      name: 'only-modules-name-adapters',
      comment: 'An adapter is chosen where the application is composed.',
      severity: 'error',
      from: {
        path: '^(libs|apps)/',
        pathNot: [
          '\\.(spec|e2e-spec)\\.ts$',
          '/testing\\.ts$',
          '^apps/[^/]+/src/[a-z.]*module[.]ts$',
          '^apps/tools/',
          '^apps/api/test/',
          '^libs/[^/]+/src/adapters(\\.ts$|/)',
        ],
      },
      to: { path: '^libs/[^/]+/src/adapters\\.ts$' },
    },
    {
      name: 'only-telemetry-measures',
      comment: 'Everybody else tells an observer, and knows of no library of metrics or traces.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/telemetry/' },
      to: { path: '(^|node_modules/)(prom-client|@opentelemetry/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|apps/tools/bin)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
