import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { serverAudits } from 'graphql-http';
import { contracts } from '../src/contracts.js';
import { Ronde } from './support.js';

describe('GraphQL over HTTP', () => {
  let ronde: Ronde;
  beforeAll(async () => {
    ronde = await Ronde.open();
  });
  afterAll(() => ronde.close());

  it('serves the very schema of the contract', async () => {
    const { data } = await ronde.ask<IntrospectionQuery>(getIntrospectionQuery());
    const served = printSchema(lexicographicSortSchema(buildClientSchema(data)));
    expect(`${served}\n`).toBe((await contracts())['schema.graphql']);
  });

  const audits = serverAudits({ url: () => `${ronde.url}/graphql` });
  const required = audits.filter(({ name }) => name.startsWith('MUST'));

  it('has MUST audits to pass', () => expect(required.length).toBeGreaterThan(10));

  it.each(required.map((audit) => [`${audit.id}: ${audit.name}`, audit] as const))('%s', async (_, audit) =>
    expect(await audit.fn()).toMatchObject({ status: 'ok' }),
  );
});
