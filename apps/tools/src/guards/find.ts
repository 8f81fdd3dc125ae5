import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** One statement that keeps an invariant: where it stands and what is left when it is taken away. */
export interface Guard {
  readonly invariants: readonly string[];
  readonly file: string;
  readonly line: number;
  /** The function it stands in. */
  readonly place: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands there while the guard is disabled. */
  readonly instead: string;
}

/** A test that names an invariant in its title. */
export interface NamedTest {
  readonly invariants: readonly string[];
  readonly file: string;
  readonly title: string;
}

const tag = /INV-\d\d/g;
/** A call whose first argument is a title with an invariant's number: `it(…)`, `describe(…)`, `it.each(…)(…)`. */
const namedCall = /\(\s*(['"`])((?:(?!\1)[^\\\n]|\\.)*INV-\d\d(?:(?!\1)[^\\\n]|\\.)*)\1\s*,/g;

function files(root: string, folders: readonly string[], wanted: (path: string) => boolean): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => wanted(path))
    .sort();
}

/** Every statement of a domain that carries `// INV-NN` on its own last line. */
export function findGuards(root: string): Guard[] {
  const domain = files(
    root,
    ['libs'],
    (path) => /^libs\/[^/]+\/src\/(domain|write)\/[^/]+\.ts$/.test(path) && !path.endsWith('.spec.ts'),
  );
  return domain.flatMap((path) => guardsIn(path, readFileSync(join(root, path), 'utf8')));
}

function guardsIn(file: string, text: string): Guard[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Guard[] = [];
  const visit = (node: ts.Node, place: string): void => {
    const here = ts.isFunctionDeclaration(node) && node.name !== undefined ? node.name.text : place;
    const named = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? node.name.text : here;
    if (ts.isStatement(node) && !ts.isBlock(node) && !ts.isFunctionDeclaration(node)) {
      const guard = guardOf(node, source, file, named);
      if (guard !== undefined) {
        found.push(guard);
        return;
      }
    }
    ts.forEachChild(node, (child) => visit(child, named));
  };
  visit(source, '');
  return found;
}

function guardOf(node: ts.Statement, source: ts.SourceFile, file: string, place: string): Guard | undefined {
  const rest = source.text.slice(node.getEnd());
  const comment = /^[ \t]*\/\/[^\n]*/.exec(rest)?.[0] ?? '';
  const invariants = [...new Set(comment.match(tag) ?? [])];
  if (invariants.length === 0) return undefined;
  const start = node.getStart(source);
  const line = source.getLineAndCharacterOfPosition(start).line + 1;
  const without = /without: (.*)$/.exec(comment)?.[1];
  return {
    invariants,
    file,
    line,
    place,
    text: node.getText(source),
    start,
    end: node.getEnd(),
    instead: without ?? ';',
  };
}

/** Every test whose title carries an invariant's number. */
export function findTests(root: string): NamedTest[] {
  const specs = files(root, ['libs', 'apps'], (path) => /\.(spec|e2e-spec)\.ts$/.test(path));
  return specs.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(namedCall)].map((match) => {
      const title = match[2] ?? '';
      return { invariants: [...new Set(title.match(tag) ?? [])], file, title };
    });
  });
}
