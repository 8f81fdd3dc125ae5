import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphContext } from '@app/graph';

/** What somebody wrote cannot be shown to them yet: better no answer than one without it. */
export class RowsBehind extends Error {
  override readonly name = 'RowsBehind';
}

/** Queries of somebody whose own acts the rows lack are refused; acts go on, since the log decides on them. */
export function refuseBehind(): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, contextValue }) => {
        if (operation?.operation === 'query' && contextValue.behind) throw new RowsBehind();
      },
    }),
  };
}
