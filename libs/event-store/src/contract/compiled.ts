import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

export interface Compiled {
  /** The compiled file beside the others. */
  url(file: string): URL;
  remove(): void;
}

/** The adapters as plain JavaScript in a directory of their own, for tests that start threads and processes on them. */
export function compileAdapters(): Compiled {
  const here = join(dirname(fileURLToPath(import.meta.url)), '../adapters');
  const out = mkdtempSync(join(tmpdir(), 'ronde-adapters-'));
  mkdirSync(join(out, 'adapters'));
  const compile = (from: string, to: string): void => {
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    writeFileSync(join(out, to), ts.transpileModule(readFileSync(from, 'utf8'), { compilerOptions }).outputText);
  };
  for (const file of ['errors', 'event-store']) compile(join(here, `../${file}.ts`), `${file}.js`);
  for (const file of readdirSync(here)) {
    if (!file.endsWith('.spec.ts')) compile(join(here, file), join('adapters', file.replace(/ts$/, 'js')));
  }
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  const sqlite = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  symlinkSync(dirname(sqlite), join(out, 'node_modules'));
  return {
    url: (file) => pathToFileURL(join(out, 'adapters', file)),
    remove: () => rmSync(out, { recursive: true }),
  };
}
