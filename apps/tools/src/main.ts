/** What a verb's module exports: it gets the words after the verb and answers the exit code. */
interface Verb {
  run(words: readonly string[]): Promise<number>;
}

const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  bench: () => import('./bench/index.js'),
  schema: () => import('./schema.js'),
  backup: () => import('./moving/backup.js'),
  restore: () => import('./moving/restore.js'),
  migrate: () => import('./moving/migrate.js'),
  'demo:journey': () => import('./journey/index.js'),
  faults: () => import('./faults/index.js'),
  'check:guards': () => import('./guards/index.js'),
};

const [verb = '', ...words] = process.argv.slice(2);
const load = verbs[verb];
if (load === undefined) {
  console.error(`"${verb}" is not a verb: ${Object.keys(verbs).join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = await (await load()).run(words);
}
