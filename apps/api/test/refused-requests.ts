/** A request that goes no further than HTTP, and how each language tells it. */
export interface RefusedRequest {
  readonly what: string;
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
  /** JSON unless it says otherwise; empty for none. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
  readonly fr: RegExp;
  readonly en: RegExp;
}

const signIn = '/api/auth/sign-in/email';
const notJson = {
  status: 400,
  code: 'MALFORMED_JSON',
  fr: /^Le corps de la requête n’est pas du JSON valide\. Corrigez-le/,
  en: /^The body of the request is not valid JSON\. Correct it/,
};
const tooLarge = {
  body: JSON.stringify({ query: ' '.repeat(300_000) }),
  status: 413,
  code: 'BODY_TOO_LARGE',
  fr: /^Le corps de la requête est trop grand : 262.144 octets au plus\. Envoyez-en moins/,
  en: /^The body of the request is too large: at most 262,144 bytes\. Send less/,
};
const notTaken = {
  body: '<a/>',
  type: 'application/xml',
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  fr: /^Ce type de contenu n’est pas accepté\. Envoyez du JSON/,
  en: /^This content type is not accepted\. Send JSON/,
};
const nothingThere = {
  status: 404,
  code: 'NO_SUCH_ADDRESS',
  fr: /^Rien ne répond à [A-Z]+ \/\S+\. Vérifiez la méthode et l’adresse/,
  en: /^Nothing answers [A-Z]+ \/\S+\. Check the method and the address/,
};
const crossSite = {
  status: 400,
  code: 'CROSS_SITE_REFUSED',
  fr: /^Cette requête pourrait venir de la page d’un autre site; elle est refusée\. Envoyez du JSON/,
  en: /^This request could come from the page of another site; it is refused\. Send JSON/,
};
const notGraphql = {
  status: 400,
  code: 'BAD_REQUEST',
  fr: /^La requête n’a pas la forme de GraphQL sur HTTP\. Envoyez en POST .*En détail : \S+/,
  en: /^The request does not have the form of GraphQL over HTTP\. POST a JSON object .*In detail: \S+/,
};
const noQuery = {
  status: 400,
  code: 'QUERY_MISSING',
  fr: /^La requête ne porte pas de « query »\. Envoyez un objet JSON/,
  en: /^The request carries no “query”\. Send a JSON object/,
};
const notRead = {
  status: 400,
  code: 'GRAPHQL_PARSE_FAILED',
  fr: /^La requête ne se lit pas : Syntax Error: Expected Name, found <EOF>\.$/,
  en: /^The query cannot be read: Syntax Error: Expected Name, found <EOF>\.$/,
};
const noOperation = {
  status: 400,
  code: 'OPERATION_RESOLUTION_FAILURE',
  fr: /^L’opération à exécuter ne se trouve pas\. .* : Unknown operation named "b"\.$/,
  en: /^The operation to execute cannot be found\. .*: Unknown operation named "b"\.$/,
};

export const refusedRequests: readonly RefusedRequest[] = [
  { what: 'an unknown path', path: '/nowhere?token=secret', ...nothingThere },
  { what: 'a method that GraphQL does not have', path: '/graphql', method: 'DELETE', type: '', ...nothingThere },
  { what: 'an unknown path of the sessions', path: '/api/auth/sign-in/social', body: '{}', ...nothingThere },
  {
    what: 'a path that cannot be read',
    path: '/%zz',
    status: 400,
    code: 'ADDRESS_UNREADABLE',
    fr: /^Cette adresse ne se lit pas\. Vérifiez/,
    en: /^This address cannot be read\. Check/,
  },
  { what: 'malformed JSON', path: '/graphql', body: '{"query":', ...notJson },
  { what: 'an empty body', path: '/graphql', body: '', ...notJson },
  { what: 'malformed JSON to sign in', path: signIn, body: '{"email":', ...notJson },
  { what: 'a large body', path: '/graphql', ...tooLarge },
  { what: 'a large body to sign in', path: signIn, ...tooLarge },
  { what: 'a body of another type', path: '/graphql', ...notTaken },
  { what: 'a body of another type to sign in', path: signIn, ...notTaken },
  { what: 'a type that is none', path: signIn, ...notTaken, type: 'nonsense' },
  {
    what: 'several operations at once',
    path: '/graphql',
    body: '[{"query":"{__typename}"},{"query":"{__typename}"}]',
    status: 400,
    code: 'BATCHING_REFUSED',
    fr: /^Une requête porte une seule opération\. Envoyez chaque opération/,
    en: /^A request carries one operation\. Send each operation/,
  },
  {
    what: 'a form of another site',
    path: '/graphql',
    body: '{"query":"{__typename}"}',
    type: 'text/plain',
    ...crossSite,
  },
  { what: 'a link of another site', path: '/graphql?query={__typename}', type: '', ...crossSite },
  { what: 'a body that is no object', path: '/graphql', body: '3', ...noQuery },
  { what: 'variables that are no object', path: '/graphql', body: '{"query":"{a}","variables":"x"}', ...notGraphql },
  { what: 'no query', path: '/graphql', body: '{"variables":{}}', ...noQuery },
  {
    what: 'an answer of another type',
    path: '/graphql',
    body: '{"query":"{__typename}"}',
    headers: { accept: 'text/html' },
    ...notGraphql,
    status: 406,
  },
  { what: 'a query that is not GraphQL', path: '/graphql', body: '{"query":"{"}', ...notRead },
  {
    what: 'an operation that is not there',
    path: '/graphql',
    body: '{"query":"query a { __typename }","operationName":"b"}',
    ...noOperation,
  },
  {
    what: 'a session that is not open',
    path: '/api/auth/list-sessions',
    status: 401,
    code: 'UNAUTHORIZED',
    fr: /^Aucune session n’est ouverte\. Ouvrez-en une/,
    en: /^No session is open\. Sign in/,
  },
  {
    what: 'a field too many',
    path: signIn,
    body: '{"email":"a@ronde.test","password":"x","role":"x"}',
    status: 400,
    code: 'FIELD_NOT_ALLOWED',
    fr: /^Le champ « role » n’est pas attendu ici\. Retirez-le\.$/,
    en: /^The field “role” is not expected here\. Remove it\.$/,
  },
  {
    what: 'a field too few',
    path: signIn,
    body: '{"email":"a@ronde.test"}',
    status: 400,
    code: 'VALIDATION_ERROR',
    fr: /^Il manque un champ, .*Corrigez, puis recommencez : \S+/,
    en: /^A field is missing, .*Correct it, then try again: \S+/,
  },
  {
    what: 'what is not an address',
    path: signIn,
    body: '{"email":"a","password":"xxxxxxxxxx"}',
    status: 400,
    code: 'INVALID_EMAIL',
    fr: /^Ceci n’est pas une adresse de courriel\. Vérifiez/,
    en: /^This is not an e-mail address\. Check/,
  },
  {
    what: 'an address and a password that do not go together',
    path: signIn,
    body: '{"email":"nobody@ronde.test","password":"xxxxxxxxxx"}',
    status: 401,
    code: 'INVALID_EMAIL_OR_PASSWORD',
    fr: /^Cette adresse et ce mot de passe ne vont pas ensemble\. Vérifiez-les/,
    en: /^This address and this password do not go together\. Check them/,
  },
  {
    what: 'a page of another origin',
    path: signIn,
    body: '{}',
    headers: { origin: 'https://elsewhere.example', cookie: 'a=b' },
    status: 403,
    code: 'INVALID_ORIGIN',
    fr: /^Cette page ne peut pas ouvrir de session ici\. Passez par/,
    en: /^This page may not open a session here\. Use/,
  },
  {
    what: 'a page that does not say where it is from',
    path: signIn,
    body: '{}',
    headers: { origin: 'null', cookie: 'a=b' },
    status: 403,
    code: 'MISSING_OR_NULL_ORIGIN',
    fr: /^La requête ne dit pas de quelle page elle vient\. Envoyez-la/,
    en: /^The request does not say which page it comes from\. Send it/,
  },
  {
    what: 'a way back to another site',
    path: signIn,
    body: '{"email":"a@ronde.test","password":"x","callbackURL":"https://elsewhere.example"}',
    status: 403,
    code: 'INVALID_CALLBACK_URL',
    fr: /^Cette adresse de retour n’est pas permise\. Choisissez-en une/,
    en: /^This return address is not allowed\. Choose one/,
  },
];
