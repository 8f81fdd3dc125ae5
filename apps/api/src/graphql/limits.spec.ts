import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { buildSchema, parse } from 'graphql';
import { costLimit } from './limits.js';

const schema = buildSchema('type Query { cheap: Int dear: Int }');
Object.assign(schema.getQueryType()!.getFields()['dear']!, { extensions: { complexity: 60 } });

/** What the plugin says of a document before it is executed. */
async function price(plugin: ApolloServerPlugin, query: string): Promise<void> {
  const listener = await plugin.requestDidStart!({} as never);
  const request = { schema, document: parse(query), operationName: null, request: {} };
  await listener!.didResolveOperation!(request as unknown as GraphQLRequestContextDidResolveOperation<object>);
}

describe('the cost of a query', () => {
  it('counts what a field says it costs', async () => {
    const plugin = costLimit(100);
    await expect(price(plugin, '{ dear cheap }')).resolves.toBeUndefined();
    await expect(price(plugin, '{ a: dear b: dear }')).rejects.toMatchObject({
      extensions: { limit: 'QUERY_TOO_COSTLY', cost: 120, max: 100 },
    });
  });
});
