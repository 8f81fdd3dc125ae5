import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { StoreUnavailable, UnknownFact } from '@app/event-store';
import { BadInput, Failure } from '@app/graph';
import { Refusal } from '@app/kernel';
import { PostgresUnavailable } from '@app/postgres';
import { ErrorAnswers } from './error-answers.js';

const reader = { locale: 'en' as const, correlationId: 'c-1' };

/** What the client sees of an error thrown by a resolver, and what was logged. */
async function answered(thrown: Error) {
  const lines: { level: number; correlationId: string; err: { message: string } }[] = [];
  const answers = new ErrorAnswers(pino({}, { write: (line) => void lines.push(JSON.parse(line) as never) }));
  const error = new GraphQLError(thrown.message, {
    path: ['circle'],
    originalError: thrown,
    ...(thrown instanceof GraphQLError ? { extensions: thrown.extensions } : {}),
  });
  const hooks = await answers.plugin().requestDidStart?.({} as never);
  await hooks?.didEncounterErrors?.({ errors: [error], contextValue: reader, operationName: 'x' } as never);
  return { told: answers.format(error.toJSON(), error), lines };
}

describe('what a client sees of an error', () => {
  it('is INTERNAL and a correlation id for whatever is broken, and its cause is in the log', async () => {
    const { told, lines } = await answered(new Error('disk I/O error at /var/secret'));
    expect(told).toEqual({
      message: expect.stringMatching(/^Something broke on our side.*c-1\.$/),
      extensions: { code: 'INTERNAL', correlationId: 'c-1' },
      path: ['circle'],
    });
    expect(lines).toMatchObject([
      { level: 50, correlationId: 'c-1', err: { message: 'disk I/O error at /var/secret' } },
    ]);
  });

  it('is INTERNAL for a GraphQL error that nobody meant for clients', async () => {
    const { told } = await answered(new GraphQLError('Enum "RefusalCode" cannot represent value'));
    expect(told.extensions).toMatchObject({ code: 'INTERNAL' });
  });

  it.each([
    [new Failure('BAD_CURSOR'), { code: 'BAD_CURSOR' }],
    [new Refusal('NOT_FOUND', { id: 'x' }), { code: 'NOT_FOUND', details: { id: 'x' } }],
    [new StoreUnavailable('closing'), { code: 'UNAVAILABLE', retryAfter: 5 }],
    [
      new UnknownFact('circle-1 revision 3: this release does not know X version 1'),
      { code: 'UNAVAILABLE', retryAfter: 5 },
    ],
    [new PostgresUnavailable('it does not answer'), { code: 'UNAVAILABLE', retryAfter: 5 }],
    [
      new BadInput([
        { path: 'input.text', rule: 'atMost', args: { 0: 10 } },
        { path: 'input.x', rule: 'unheardOf', args: {} },
      ]),
      {
        code: 'BAD_USER_INPUT',
        problems: [
          { path: 'input.text', rule: 'atMost', message: 'This text is too long: at most 10 characters.' },
          { path: 'input.x', rule: 'unheardOf', message: 'This value is not allowed.' },
        ],
      },
    ],
  ])('is what was meant, and nothing is logged: %p', async (thrown, extensions) => {
    const { told, lines } = await answered(thrown);
    expect(told.extensions).toEqual(extensions);
    expect(lines).toEqual([]);
  });
});
