import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

/** The worker and what it imports as plain JavaScript in a directory of their own, since no thread can load the sources. */
export function compileWorker(): { readonly url: URL; remove(): void } {
  const here = dirname(fileURLToPath(import.meta.url));
  const out = mkdtempSync(join(tmpdir(), 'ronde-read-store-'));
  mkdirSync(join(out, 'adapters'));
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  for (const folder of ['..', '.']) {
    for (const file of readdirSync(join(here, folder)).filter((it) => /^[a-z.-]+\.ts$/.test(it))) {
      if (/\.(spec|testing)\.ts$/.test(file)) continue;
      const { outputText } = ts.transpileModule(readFileSync(join(here, folder, file), 'utf8'), { compilerOptions });
      writeFileSync(join(out, 'adapters', folder, file.replace(/ts$/, 'js')), outputText);
    }
  }
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  const sqlite = dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json'));
  symlinkSync(dirname(sqlite), join(out, 'node_modules'));
  return {
    url: pathToFileURL(join(out, 'adapters', 'sqlite.worker.js')),
    remove: () => rmSync(out, { recursive: true }),
  };
}
