import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { OutcomeUnknown, StoreUnavailable, UnknownFact } from '@app/event-store';
import { BadInput, Failure, type GraphContext } from '@app/graph';
import { Refusal } from '@app/kernel';
import { isOutage } from '@app/postgres';
import { ReadModelsNotReady } from '@app/read-store';
import { type Arguments, type Locale, say } from '@app/wording';
import type { Log } from '../log.js';
import { RowsBehind } from './behind.js';

type Reader = Pick<GraphContext, 'locale' | 'correlationId'>;

/** Codes of Apollo's own that say the request was wrong, with our message for each. `BAD_REQUEST` is told at the door of HTTP. */
const requestFaults: Readonly<Record<string, string | undefined>> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'BAD_VALUE',
  OPERATION_RESOLUTION_FAILURE: 'OPERATION_RESOLUTION_FAILURE',
  PERSISTED_QUERY_NOT_SUPPORTED: 'PERSISTED_QUERY_NOT_SUPPORTED',
  BAD_REQUEST: undefined,
};

/**
 * What a client sees of an error: one code, one message in the reader's language, and nothing of what is inside. What is broken is
 * `INTERNAL` with the correlation id under which its cause was logged.
 */
export class ErrorAnswers {
  private readonly readers = new WeakMap<object, Reader>();

  constructor(private readonly log: Log) {}

  /** Remembers who reads each error, and logs what is broken. */
  plugin(): ApolloServerPlugin<GraphContext> {
    return {
      requestDidStart: async () => ({
        didEncounterErrors: async ({ errors, contextValue: { locale, correlationId }, operationName }) => {
          for (const error of errors) {
            this.readers.set(error, { locale, correlationId });
            if (toldTo({ locale, correlationId }, error) !== undefined) continue;
            this.log.error(
              { correlationId, operationName, path: error.path?.join('.'), err: causeOf(error) },
              'A request broke',
            );
          }
        },
      }),
    };
  }

  /** Remembers who reads what broke before there was an operation, and logs it. Answers the error, to be thrown on. */
  early(error: unknown, reader: Reader): Error {
    const thrown = error instanceof Error ? error : new Error(String(error));
    this.readers.set(thrown, reader);
    if (toldTo(reader, thrown) === undefined)
      this.log.error({ correlationId: reader.correlationId, err: thrown }, 'A request broke');
    return thrown;
  }

  readonly format = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const reader = this.readerOf(error) ?? { locale: 'fr', correlationId: '—' };
    const { locations, path } = formatted;
    const told = toldTo(reader, error, formatted) ?? internal(reader);
    return { ...told, ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
  };

  /** The same for an error that Apollo has not seen. What is broken is logged. */
  told(error: GraphQLError, reader: Reader): GraphQLFormattedError {
    this.readers.set(error, reader);
    const cause = causeOf(error);
    if (toldTo(reader, error, error.toJSON()) === undefined)
      this.log.error({ correlationId: reader.correlationId, err: cause }, 'A subscription broke');
    return this.format(error.toJSON(), error);
  }

  private readerOf(error: unknown): Reader | undefined {
    return this.readers.get(error as object) ?? this.readers.get(causeOf(error) as object);
  }
}

/** When to ask again, in seconds. */
const retryAfter = 5;

type Told = Pick<GraphQLFormattedError, 'message' | 'extensions'>;

const told = (locale: Locale, code: string, args: Arguments = {}, more: object = {}): Told => ({
  message: say(locale, code, args),
  extensions: { code, ...more },
});

const internal = ({ locale, correlationId }: Reader): Told =>
  told(locale, 'INTERNAL', { correlationId }, { correlationId });

/** Apollo wraps what a resolver threw, and what broke before there was an operation. */
const causeOf = (error: unknown): unknown => (error as Partial<GraphQLError>).originalError ?? error;

/** Undefined for what is broken. */
function toldTo({ locale }: Reader, error: unknown, formatted = error as GraphQLFormattedError): Told | undefined {
  const cause = causeOf(error);
  if (cause instanceof BadInput) return told(locale, cause.code, cause.args, { problems: problemsOf(cause, locale) });
  if (cause instanceof Failure) return told(locale, cause.code, cause.args);
  if (cause instanceof Refusal) return told(locale, cause.code, cause.details, { details: cause.details });
  const away = awayFor(cause);
  if (away !== undefined) return { message: say(locale, away), extensions: { code: 'UNAVAILABLE', retryAfter } };
  if (cause instanceof OutcomeUnknown) return told(locale, 'OUTCOME_UNKNOWN');
  return requestFault(locale, formatted);
}

/** What is away, in words; what is not known to be away is broken. */
function awayFor(cause: unknown): 'UNAVAILABLE' | 'SERVER_AWAY' | 'BEHIND' | undefined {
  if (cause instanceof RowsBehind) return 'BEHIND';
  if (isOutage(cause) || cause instanceof ReadModelsNotReady) return 'SERVER_AWAY';
  // A fact of a newer release: this process has to be updated before it decides on that history.
  return cause instanceof StoreUnavailable || cause instanceof UnknownFact ? 'UNAVAILABLE' : undefined;
}

const problemsOf = ({ problems }: BadInput, locale: Locale): object[] =>
  problems.map(({ path, rule, args }) => {
    const message = say(locale, rule, args);
    return { path, rule, message: message === rule ? say(locale, 'invalidValue') : message };
  });

function requestFault(locale: Locale, { message, extensions }: GraphQLFormattedError): Told | undefined {
  const code = String(extensions?.['code']);
  if (!(code in requestFaults)) return undefined;
  const limit = extensions?.['limit'];
  if (typeof limit === 'string')
    return { message: say(locale, limit, extensions as Arguments), extensions: { code, limit } };
  const ours = requestFaults[code];
  return { message: ours === undefined ? message : say(locale, ours, { reason: message }), extensions: { code } };
}
