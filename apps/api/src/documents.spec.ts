import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settingsTable } from './config.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, what = '']) => what);

describe('the README', () => {
  it('lists the settings as they are read', () => expect(read('README.md')).toContain(settingsTable()));
});

describe.each(documents)('%s', (file) => {
  const text = read(file);

  it('links to what is there', () => {
    const links = found(text, /\]\(([^)#:]+)(?:#[^)]*)?\)/g).map((link) => resolve(root, dirname(file), link));
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  it('names files and commands that are there', () => {
    const paths = found(text, /`((?:apps|libs|schema|docs)\/[\w./-]+)`/g);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = found(text, /`npm run ([\w:]+)/g);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
