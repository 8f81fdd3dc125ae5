import { catalogues } from './contexts.js';
import { contracts } from './contracts.js';

describe('the contracts', () => {
  it('are made without a database, the same every time', async () => {
    const [once, again] = [await contracts(), await contracts()];
    expect(again).toEqual(once);
    expect(once['schema.graphql']).toMatch(/^type Mutation \{/m);
    expect(once['read-models.sql']).toMatch(/create table/);
    const events = JSON.parse(once['events.json'] ?? '') as unknown[];
    expect(events).toHaveLength(catalogues.flatMap(({ types }) => Object.keys(types)).length);
  });
});
