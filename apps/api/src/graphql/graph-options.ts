import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloDriver } from '@nestjs/apollo';
import type { FastifyRequest } from 'fastify';
import { localeOf } from '@app/wording';
import type { Actors } from '../actor.js';
import type { Config } from '../config.js';
import type { Log } from '../log.js';
import { refuseBehind } from './behind.js';
import type { ErrorAnswers } from './error-answers.js';
import { costLimit, shapeLimits } from './limits.js';
import { refuseSubscriptions } from './over-http.js';

export interface FrontDesk {
  readonly actors: Actors;
  readonly errors: ErrorAnswers;
  readonly log: Log;
}

/** How `/graphql` is served. The schema is the code's; documents are parsed, validated and priced once each. */
export function graphOptions(config: Config, { actors, errors, log }: FrontDesk): ApolloDriverConfig {
  const open = config.NODE_ENV !== 'production';
  const limits = { depth: config.MAX_QUERY_DEPTH, aliases: config.MAX_QUERY_ALIASES, cost: config.MAX_QUERY_COST };
  return {
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    introspection: open,
    hideSchemaDetailsFromClientErrors: !open,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    autoTransformHttpErrors: false,
    stopOnTerminationSignals: false,
    logger: log,
    parseOptions: { maxTokens: config.MAX_QUERY_TOKENS },
    validationRules: [shapeLimits(limits)],
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      costLimit(limits.cost),
      refuseSubscriptions(),
      refuseBehind(),
      errors.plugin(),
    ],
    formatError: errors.format,
    context: (request: FastifyRequest) =>
      actors.contextOf(request).catch((error: unknown) => {
        const locale = localeOf(request.headers['accept-language']);
        throw errors.early(error, { locale, correlationId: request.id });
      }),
  };
}
