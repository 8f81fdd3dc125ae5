import type { ApolloServerPlugin } from '@apollo/server';
import { Failure, type GraphContext } from '@app/graph';

/** Apollo would run a subscription as if it were a query, once. */
export function refuseSubscriptions(): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation }) => {
        if (operation?.operation === 'subscription') throw new Failure('SUBSCRIPTION_OVER_HTTP');
      },
    }),
  };
}
