import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** What a mutation answered, or what a query found: the journey knows the shape of what it asked for. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

/** `RONDE_JOURNAL` names a file that notes each command when it is sent (`>`) and when it is acknowledged (`<`). */
function note(mark: '>' | '<', commandId: string): void {
  const journal = process.env['RONDE_JOURNAL'];
  if (journal !== undefined) appendFileSync(journal, `${mark}${commandId}\n`);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** What to read of each view that a mutation may answer. */
const fragments: Readonly<Record<string, string>> = {
  Agreement: 'id',
  Circle: 'id state',
  Community: 'id rootCircleId',
  Election: 'id phase roundId reasons { id }',
  Gone: 'member { id }',
  Invitation: 'token',
  Meeting: 'id',
  NewApiToken: 'token',
  Proposal: 'id phase version lastRound { id }',
  Recorded: 'stream position',
  Refused: 'code message details { name values }',
};

interface GraphQLFault {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

/** A mutation's input type, and what of its answer is read. */
interface Shape {
  readonly input: string;
  readonly selection: string;
}

/**
 * A plain GraphQL client that does not give up: while the server is away it sends the same request, with the same command id, again. Of
 * several servers, each request goes to another one than the request before.
 */
export class Client {
  private turn = 0;

  constructor(
    private readonly urls: readonly string[],
    private readonly patienceMs = 60_000,
  ) {}

  async post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    const until = Date.now() + this.patienceMs;
    for (;;) {
      const url = this.urls[this.turn++ % this.urls.length]!;
      try {
        const response = await fetch(url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: this.urls[0]!, ...headers },
          body: JSON.stringify(body),
        });
        const text = await response.text();
        if (response.status < 500) return new Response(text, response);
        if (Date.now() > until) throw new Error(`${path} answers ${response.status}: ${text}`);
      } catch (error) {
        if (Date.now() > until) throw error;
      }
      await pause(100);
    }
  }

  async ask(token: string | undefined, query: string, variables: object = {}): Promise<Answer> {
    const bearer: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    for (const until = Date.now() + this.patienceMs; ; await pause(100)) {
      const response = await this.post('/graphql', { query, variables }, bearer);
      const { data, errors } = (await response.json()) as { data: Answer; errors?: GraphQLFault[] };
      if (errors === undefined) return data;
      const passing = errors.every(({ extensions }) => extensions?.code === 'UNAVAILABLE');
      if (!passing || Date.now() > until) throw new Error(`${errors.map((it) => it.message).join(' ')} — ${query}`);
    }
  }
}

/** Somebody on the journey, acting through an API token. */
export class Traveller {
  memberId = '';

  private constructor(
    readonly client: Client,
    readonly name: string,
    readonly token: string,
  ) {}

  /** Signs in by e-mail and password, and makes a token for what follows. */
  static async signIn(client: Client, name: string, email: string, password: string): Promise<Traveller> {
    const session = await client.post('/api/auth/sign-in/email', { email, password });
    if (!session.ok) throw new Error(`${name} cannot sign in: ${await session.text()}`);
    const cookie = session.headers
      .getSetCookie()
      .map((it) => it.split(';')[0])
      .join('; ');
    const query = `mutation ($input: CreateApiTokenInput!) {
      createApiToken(input: $input) { ... on NewApiToken { token } ... on Refused { message } } }`;
    const answer = await client.post('/graphql', { query, variables: { input: { label: 'journey' } } }, { cookie });
    const { data } = (await answer.json()) as { data: { createApiToken: { token?: string; message?: string } } };
    if (data.createApiToken.token === undefined) throw new Error(data.createApiToken.message);
    return new Traveller(client, name, data.createApiToken.token);
  }

  reads(query: string, variables: object = {}): Promise<Answer> {
    return this.client.ask(this.token, query, variables);
  }

  /** Sends one mutation; a refusal ends the journey with its message. */
  async does(mutation: string, input: object): Promise<Answer> {
    const answer = await this.tries(mutation, input);
    if (answer.__typename === 'Refused') throw new Error(`${this.name}, ${mutation}: ${answer.code} ${answer.message}`);
    return answer;
  }

  /** Sends one mutation and answers whatever came back, a refusal too. */
  async tries(mutation: string, input: object): Promise<Answer> {
    const shape = (await this.shapes()).get(mutation);
    if (shape === undefined) throw new Error(`there is no mutation ${mutation}`);
    const query = `mutation ($input: ${shape.input}!) { ${mutation}(input: $input) { __typename ${shape.selection} } }`;
    const commandId = randomUUID();
    note('>', commandId);
    const answer = (await this.reads(query, { input: { commandId, ...input } }))[mutation];
    if (answer.__typename !== 'Refused' && answer.__typename !== 'Invitation') note('<', commandId);
    return answer;
  }

  private static known: Promise<ReadonlyMap<string, Shape>> | undefined;
  /** What each mutation takes and answers, as the schema says. */
  private shapes(): Promise<ReadonlyMap<string, Shape>> {
    const query = `{ __type(name: "Mutation") { fields { name args { type { name ofType { name } } }
      type { ofType { possibleTypes { name } } } } } }`;
    const shapeOf = ({ args, type }: Answer): Shape => ({
      input: args[0].type.ofType?.name ?? args[0].type.name,
      selection: type.ofType.possibleTypes
        .map(({ name }: Answer) => (name in fragments ? `... on ${name} { ${fragments[name]} }` : ''))
        .join(' '),
    });
    return (Traveller.known ??= this.reads(query).then(
      ({ __type }: Answer) => new Map(__type.fields.map((field: Answer) => [field.name, shapeOf(field)])),
    ));
  }
}
