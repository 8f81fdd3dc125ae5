import { authRefusal } from './auth-refusals.js';

const asking = (locale: string) =>
  ({ id: 'c-1', method: 'POST', url: '/api/auth/x?a=b', headers: { 'accept-language': locale } }) as never;
const told = (answer: object | null, status = 400, locale = 'en') =>
  authRefusal(answer === null ? '' : JSON.stringify(answer), status, asking(locale));

describe('what a client is told of a refusal by better-auth', () => {
  it.each([
    'CREDENTIAL_ACCOUNT_NOT_FOUND',
    'CROSS_SITE_NAVIGATION_LOGIN_BLOCKED',
    'FAILED_TO_CREATE_SESSION',
    'FAILED_TO_CREATE_USER',
    'FAILED_TO_GET_SESSION',
    'METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED',
    'PASSWORD_TOO_LONG',
    'PASSWORD_TOO_SHORT',
    'SESSION_EXPIRED',
    'SESSION_NOT_FRESH',
    'USER_ALREADY_EXISTS',
    'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL',
  ])('has words in both languages: %s', (code) => {
    const [fr, en] = ['fr', 'en'].map((locale) => told({ code, message: 'As it came.' }, 400, locale));
    expect([fr, en]).toEqual([
      { code, message: expect.stringMatching(/^\p{Lu}\p{Ll}.*\. ?\p{Lu}?/u) },
      { code, message: expect.stringMatching(/^\p{Lu}\p{Ll}.*\. ?\p{Lu}?/u) },
    ]);
    expect(fr).not.toEqual(en);
  });

  it('says what is wrong and what to do', () => {
    expect(told({ code: 'PASSWORD_TOO_SHORT', message: 'Password too short' }, 400, 'fr')).toEqual({
      code: 'PASSWORD_TOO_SHORT',
      message: 'Ce mot de passe est trop court. Allongez-le; quelques mots ensemble conviennent.',
    });
    expect(told({ code: 'WEAK_PASSWORD', message: 'WEAK_PASSWORD', details: { min: 10, max: 128 } })).toEqual({
      code: 'WEAK_PASSWORD',
      message: expect.stringContaining('10 to 128'),
      details: { min: 10, max: 128 },
    });
  });

  it.each([
    ['fr', /^Trop d’essais .*\. Recommencez/],
    ['en', /^Too many tries .*\. Try again/],
  ])('tells of too many tries, whatever the body says, in %s', (locale, expected) =>
    expect(told({ message: 'Too many requests.' }, 429, locale)).toEqual({
      code: 'TOO_MANY_TRIES',
      message: expect.stringMatching(expected),
    }),
  );

  it.each([
    ['fr', 'La demande n’a pas été acceptée. Vérifiez ce qui a été envoyé, puis recommencez : No such thing.'],
    ['en', 'The request was not accepted. Check what was sent, then try again: No such thing.'],
  ])('leaves a code that it never heard of, with a general message, in %s', (locale, message) => {
    expect(told({ code: 'NEVER_HEARD_OF', message: 'No such thing.' }, 400, locale)).toEqual({
      code: 'NEVER_HEARD_OF',
      message,
    });
    expect(told({ message: 'No such thing.' }, 400, locale)).toEqual({ code: 'REFUSED', message });
  });

  it('tells of an answer without a body by its status', () => {
    expect(told(null, 404)).toEqual({
      code: 'NO_SUCH_ADDRESS',
      message: expect.stringMatching(/^Nothing answers POST \/api\/auth\/x\. /),
    });
    expect(told(null, 500)).toEqual({
      code: 'INTERNAL',
      message: expect.stringMatching(/^Something broke on our side.*c-1\.$/),
      correlationId: 'c-1',
    });
  });
});
