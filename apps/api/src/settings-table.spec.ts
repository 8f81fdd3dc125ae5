import { readFileSync } from 'node:fs';
import { settingsTable } from './config.js';

describe('the README', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

  it('lists the settings as they are read', () => expect(readme).toContain(settingsTable()));
});
