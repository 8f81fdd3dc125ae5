import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type Running, start } from '../src/running.js';
import { type Servers, serversFor } from './deployed.js';

/** Stories boot the whole application, on machines that do other things as well. */
jest.setTimeout(60_000);

/** A noon in Montréal, on which stories begin unless they say otherwise. */
export const firstNoon = '2027-01-15T17:00:00.000Z';

export interface Told {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly [more: string]: unknown };
}

/** What `/graphql` answers. Stories know the shape of what they asked for, so `data` is theirs to read. */
export interface Answer<T> {
  readonly data: T;
  readonly errors?: readonly Told[];
}

export interface Asking {
  readonly token?: string;
  readonly locale?: 'fr' | 'en';
  readonly community?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a story reads of each view that a mutation may answer, unless it asks for more by itself. */
const shown: Readonly<Record<string, string>> = {
  ApiTokenRevoked: 'tokenId',
  Circle: 'id state strength',
  Community: 'id rootCircleId',
  Election: 'id phase roundId nominee { name } proposingLead { name } reasons { id by { name } about { name } }',
  Gone: 'member { id }',
  Invitation: 'token expiresAt',
  Meeting: 'id status',
  Membership: 'communityId member { id }',
  NewApiToken: 'token apiToken { id }',
  Proposal: 'id phase version lastRound { id outcome quorum }',
  Recorded: 'stream revision position',
  Refused: 'code message details { name values }',
  SignedOutEverywhere: 'tokens',
};

interface Mutation {
  readonly input: string;
  readonly selection: string;
}

/** A person who asks by an API token. */
export class Person {
  /** In the community they belong to; empty until they do. */
  memberId = '';

  constructor(
    private readonly ronde: Ronde,
    readonly name: string,
    readonly accountId: string,
    readonly token: string,
  ) {}

  /** Asks and answers what came back, errors and all. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  ask<T = any>(query: string, variables: object = {}, asking: Asking = {}): Promise<Answer<T>> {
    return this.ronde.ask<T>(query, variables, { token: this.token, ...asking });
  }

  /** Asks what cannot fail: the data. Throws the errors when there are any. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async gets<T = any>(query: string, variables: object = {}, asking: Asking = {}): Promise<T> {
    const { data, errors } = await this.ask<T>(query, variables, asking);
    if (errors !== undefined) throw new Error(`${this.name}: ${JSON.stringify(errors)}\n${query}`);
    return data;
  }

  /**
   * Sends one mutation by its name and input, and answers its result with `selection` on the view: `__typename` says which it was.
   * `view` is the view's type name.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async does<T = any>(
    mutation: string,
    input: object,
    { view, selection }: { view: string; selection: string },
  ): Promise<T> {
    const { Input, fields } = { Input: `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`, fields: selection };
    const data = await this.gets<Record<string, T>>(
      `mutation ($input: ${Input}!) { ${mutation}(input: $input) { __typename
        ... on ${view} { ${fields} } ... on Refused { code message details { name values } } ... on Recorded { stream revision position } } }`,
      { input },
    );
    return data[mutation] as T;
  }

  /** Sends one mutation and answers its result, whatever it was, with what stories usually read of it. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async tries<T = any>(mutation: string, input: object = {}, asking: Asking = {}): Promise<T> {
    return (await this.gets<Record<string, T>>(await this.ronde.document(mutation), { input }, asking))[mutation] as T;
  }

  /** Sends one mutation and answers its view. Throws when it was refused. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async acts<T = any>(mutation: string, input: object = {}): Promise<T> {
    const answer = await this.tries<T & { __typename: string }>(mutation, input);
    const told = answer.__typename === 'Refused' || answer.__typename === 'Recorded';
    if (told) throw new Error(`${this.name}, ${mutation}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Sends one mutation that has to be refused, and answers the code it is refused with. */
  async refused(mutation: string, input: object = {}): Promise<string> {
    const { __typename, code } = await this.tries<{ __typename: string; code?: string }>(mutation, input);
    return code ?? `not refused: ${__typename}`;
  }
}

/** The real application on a folder of its own, with a clock that stories set. Many stories of one file share one. */
export class Ronde {
  private hash: string | undefined;
  private people = 0;

  private constructor(
    readonly running: Running,
    private readonly folder: string,
    private readonly servers: Servers | undefined,
  ) {}

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Ronde> {
    const folder = mkdtempSync(join(tmpdir(), 'ronde-e2e-'));
    const clock = join(folder, 'clock');
    writeFileSync(clock, firstNoon);
    const servers = await serversFor(environment);
    const settings = {
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      CLOCK_FILE: clock,
      DEMO: 'off',
      LOG_LEVEL: 'silent',
      SIGN_IN_TRIES: '10000',
      ...environment,
      ...servers?.environment,
    };
    await servers?.begin(settings);
    return new Ronde(await start(settings), folder, servers);
  }

  get url(): string {
    return this.running.url;
  }

  /** The clock's day, UTC, so many days on. */
  day(later = 0): string {
    return new Date(Date.parse(this.running.house.clock.now()) + later * 86_400_000).toISOString().slice(0, 10);
  }

  private known: Promise<ReadonlyMap<string, Mutation>> | undefined;
  /** The document that sends one mutation and reads what stories usually read. */
  async document(mutation: string): Promise<string> {
    const found = (await (this.known ??= this.mutations())).get(mutation);
    if (found === undefined) throw new Error(`there is no mutation ${mutation}`);
    return `mutation ($input: ${found.input}) { ${mutation}(input: $input) { __typename ${found.selection} } }`;
  }

  /** What each mutation takes and answers, as the schema says. */
  private async mutations(): Promise<ReadonlyMap<string, Mutation>> {
    interface Named {
      readonly name: string;
    }
    interface Field extends Named {
      readonly args: readonly { readonly type: { readonly name: string | null; readonly ofType: Named | null } }[];
      readonly type: { readonly ofType: { readonly possibleTypes: readonly Named[] } };
    }
    const { data } = await this.ask<{ __type: { fields: readonly Field[] } }>(`{ __type(name: "Mutation") { fields {
      name args { type { name ofType { name } } } type { ofType { possibleTypes { name } } } } } }`);
    const selectionOf = ({ name }: Named): string => `... on ${name} { ${shown[name] ?? '__typename'} }`;
    return new Map(
      data.__type.fields.map(({ name, args: [input], type }) => [
        name,
        {
          input: input?.type.name ?? `${input?.type.ofType?.name}!`,
          selection: type.ofType.possibleTypes.map(selectionOf).join(' '),
        },
      ]),
    );
  }

  /** Builds the read models again, in whichever process writes them. */
  rebuild(): Promise<void> {
    return this.servers?.rebuild() ?? this.running.work.rebuild();
  }

  /** Resolves once nothing is due any more and everybody who reads sees what came of it. */
  async timePasses(): Promise<void> {
    for (let looks = 0; looks < 100; looks++) {
      const receipts = await (this.servers?.passTime() ?? this.running.work.passTime());
      if (receipts.every(({ types }) => types.length === 0)) return;
      for (const receipt of receipts)
        if ((await this.running.work.consistency.settle(receipt, 30_000)) === 'late') throw new Error('settles late');
    }
    throw new Error('something is due again and again');
  }

  async close(): Promise<void> {
    await this.running.stop();
    await this.servers?.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Sets the clock to an instant. */
  itIs(instant: string): void {
    writeFileSync(join(this.folder, 'clock'), instant);
  }

  /** Moves the clock forward. */
  later({ days = 0, hours = 0, minutes = 0 }: { days?: number; hours?: number; minutes?: number }): void {
    const now = Date.parse(this.running.house.clock.now());
    this.itIs(new Date(now + ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString());
  }

  /** Somebody with an account, signed in by a token. Their password is `correct horse battery` for those who sign in by hand. */
  async person(name: string, email = `person${(this.people += 1)}@ronde.test`): Promise<Person> {
    const { identity } = this.running.house;
    this.hash ??= await identity.hashPassword('correct horse battery');
    const accountId = await identity.createAccount({ name, email, passwordHash: this.hash });
    const { token } = await identity.createToken({ accountId, label: 'story' });
    return new Person(this, name, accountId, token);
  }

  /** Waits until `/health/ready` answers this status. Answers the checks. */
  async health(status: number): Promise<Record<string, string>> {
    for (let tries = 0; tries < 200; tries++) {
      const answer = await fetch(`${this.url}/health/ready`);
      if (answer.status === status) return ((await answer.json()) as { checks: Record<string, string> }).checks;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`/health/ready never answered ${status}`);
  }

  /** Somebody signs in at their browser. Answers the cookie of their session. */
  async signIn(email: string): Promise<string> {
    const person = { email, password: 'correct horse battery' };
    return cookieOf(await this.post('/api/auth/sign-in/email', person, { headers: { origin: this.url } }));
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async ask<T = any>(query: string, variables: object = {}, asking: Asking = {}): Promise<Answer<T>> {
    const response = await this.post('/graphql', { query, variables }, asking);
    return (await response.json()) as Answer<T>;
  }

  post(path: string, body: unknown, { token, locale = 'en', community, headers }: Asking = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': locale,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(community === undefined ? {} : { 'x-community': community }),
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }
}

/** What a browser sends back of what it was given. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ');
