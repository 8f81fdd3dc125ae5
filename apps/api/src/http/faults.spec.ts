import { HttpException } from '@nestjs/common';
import { errorCodes } from 'fastify';
import { answerFault } from './faults.js';

/** What a client is answered, and what was logged. */
function answered(error: unknown, { url = '/x', locale = 'en' } = {}) {
  const [sent, logged]: [unknown[], unknown[]] = [[], []];
  const reply = {
    status: (status: number) => (sent.push(status), reply),
    type: () => reply,
    send: (body: object) => (sent.push(body), reply),
  };
  const log = { error: ({ err }: { err: unknown }) => logged.push(err) };
  const server = { initialConfig: { bodyLimit: 10 } };
  answerFault(error, { id: 'c-1', url, headers: { 'accept-language': locale }, log, server } as never, reply as never);
  return { sent, logged };
}

describe('a fault of HTTP', () => {
  const cutShort = new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH();

  it.each([
    ['fr', /^La requête ne se lit pas\. Corrigez-la, puis renvoyez-la : Request body size did not match/],
    ['en', /^The request cannot be read\. Correct it, then send it again: Request body size did not match/],
  ])('that has no message of its own comes with its reason, in %s', (locale, expected) =>
    expect(answered(cutShort, { locale })).toEqual({
      sent: [400, { code: 'MALFORMED_REQUEST', message: expect.stringMatching(expected) }],
      logged: [],
    }),
  );

  it('is told as Nest wrapped it, and as GraphQL where it asked for it', () => {
    const wrapped = new HttpException('x', 413, { cause: new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE() });
    const message = 'The body of the request is too large: at most 10 bytes. Send less at a time.';
    const told = { message, extensions: { code: 'BODY_TOO_LARGE' } };
    expect(answered(wrapped).sent).toEqual([413, { code: 'BODY_TOO_LARGE', message }]);
    expect(answered(wrapped, { url: '/graphql?a=b' }).sent).toEqual([413, { errors: [told] }]);
  });

  it('that is ours is logged, and says nothing of its cause', () => {
    const error = Object.assign(new Error('disk I/O error at /var/secret'), { statusCode: 400 });
    const { sent, logged } = answered(error);
    expect(sent).toEqual([
      500,
      {
        code: 'INTERNAL',
        message: expect.stringMatching(/^Something broke on our side.*c-1\.$/),
        correlationId: 'c-1',
      },
    ]);
    expect(logged).toEqual([error]);
  });
});
