import { newId, Refusal } from '@app/kernel';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { getMigrations } from 'better-auth/db/migration';
import type { IdentityDatabase } from './database.js';
import {
  allowedEmail,
  allowedLocale,
  allowedName,
  allowedPassword,
  maxPasswordLength,
  minPasswordLength,
} from './inputs.js';

const minute = 60;
const day = 24 * 60 * minute;

/** How passwords are hashed and compared; better-auth's scrypt unless told otherwise. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(given: { hash: string; password: string }): Promise<boolean>;
}

export interface AuthConfig {
  /** At least 32 characters, derived from the master key: signs the session cookies. */
  readonly secret: string;
  /** Where browsers reach the server, e.g. `http://127.0.0.1:3000`. Cookies are `Secure` when it is https. */
  readonly baseUrl: string;
  /** Other origins that may sign in with cookies, e.g. the web app's development server. */
  readonly trustedOrigins?: readonly string[];
  /** Whether anybody may make an account, which founds or joins nothing by itself. When false, an invitation is needed. */
  readonly openSignUp: boolean;
  /** Tries to sign in or up, per client address and minute: 30 unless told otherwise. */
  readonly triesPerMinute?: number;
  readonly passwords?: Passwords;
  readonly log?: (level: 'error' | 'warn' | 'info' | 'debug', message: string, cause?: unknown) => void;
}

/** What better-auth tells about an account: its sessions ended, or its row changed. */
export type AccountChanged = (accountId: string) => void;

/** The requests that are served under `/api/auth`; whatever else better-auth knows is answered 404. */
export const authPaths: ReadonlySet<string> = new Set([
  '/sign-up/email',
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
  '/change-password',
  '/update-user',
]);

/** The header that better-auth reads the client's address from. Only {@link Sessions} writes it. */
export const clientAddressHeader = 'x-client-ip';

type Body = Readonly<Record<string, unknown>>;

/** For each request with a body: the fields it may have, and what is read in place of those that need checking. */
const bodies: Readonly<Record<string, { readonly fields: readonly string[]; readonly check: (body: Body) => Body }>> = {
  '/sign-in/email': { fields: ['email', 'password', 'rememberMe'], check: () => ({}) },
  '/sign-up/email': {
    fields: ['name', 'email', 'password', 'locale'],
    check: ({ name, email, password, locale }) => {
      const kept = { name: allowedName(name), email: allowedEmail(email), locale: allowedLocale(locale ?? 'fr') };
      return { ...kept, password: allowedPassword(password, [kept.email, kept.name]) };
    },
  },
  '/update-user': {
    fields: ['name', 'locale'],
    check: ({ name, locale }) => ({
      ...(name === undefined ? {} : { name: allowedName(name) }),
      ...(locale === undefined ? {} : { locale: allowedLocale(locale) }),
    }),
  },
  '/change-password': {
    fields: ['currentPassword', 'newPassword', 'revokeOtherSessions'],
    // Whoever changes a password may do so because somebody else knows the old one.
    check: ({ newPassword }) => ({ newPassword: allowedPassword(newPassword), revokeOtherSessions: true }),
  },
};

const checkedBody = createAuthMiddleware(async (context) => {
  const rule = bodies[context.path];
  if (!rule) return undefined;
  const body = (context.body ?? {}) as Body;
  const unknown = Object.keys(body).find((field) => !rule.fields.includes(field));
  if (unknown !== undefined) throw new APIError('BAD_REQUEST', { code: 'FIELD_NOT_ALLOWED', message: unknown });
  try {
    return { context: { body: rule.check(body) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new APIError('BAD_REQUEST', { code: error.code, message: error.code, details: error.details });
  }
});

function optionsOf(database: IdentityDatabase, config: AuthConfig, changed: AccountChanged) {
  const tries = { window: minute, max: config.triesPerMinute ?? 30 };
  return {
    appName: 'Ronde',
    secret: config.secret,
    baseURL: config.baseUrl,
    basePath: '/api/auth',
    trustedOrigins: [...(config.trustedOrigins ?? [])],
    database: { db: database.queries, type: database.dialect, transaction: database.dialect === 'postgres' },
    user: {
      modelName: 'identity_accounts',
      additionalFields: { locale: { type: 'string', required: true, defaultValue: 'fr', input: true } },
    },
    account: { modelName: 'identity_credentials' },
    session: { modelName: 'identity_sessions', expiresIn: 14 * day, updateAge: day },
    verification: { modelName: 'identity_verifications' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: !config.openSignUp,
      // An account that exists and one that does not are then answered alike.
      autoSignIn: false,
      minPasswordLength,
      maxPasswordLength,
      ...(config.passwords ? { password: config.passwords } : {}),
    },
    rateLimit: {
      enabled: true,
      // Tries are counted together where several processes answer.
      storage: database.shared ? 'database' : 'memory',
      modelName: 'identity_tries',
      window: 10,
      max: 100,
      customRules: { '/sign-in/email': tries, '/sign-up/email': tries, '/change-password': tries },
    },
    hooks: { before: checkedBody },
    databaseHooks: {
      session: { delete: { after: (session) => Promise.resolve(changed(session.userId)) } },
      user: { update: { after: (user) => Promise.resolve(user ? changed(user.id) : undefined) } },
    },
    advanced: {
      cookiePrefix: 'ronde',
      useSecureCookies: config.baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      database: { generateId: () => newId() },
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    logger: { level: 'warn', disableColors: true, log: (level, message, cause) => config.log?.(level, message, cause) },
    // Without this, better-auth prints refused requests to the console, past the logger it was given.
    onAPIError: {
      onError: (error) => {
        if (!(error instanceof APIError) || error.statusCode >= 500) config.log?.('error', 'A request failed', error);
      },
    },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions;
}

/** better-auth over the desk, its tables made or completed first: it must never answer before they stand. */
export async function openAuth(database: IdentityDatabase, config: AuthConfig, changed: AccountChanged) {
  if (config.secret.length < 32) throw new Error('The secret of the sessions needs 32 characters or more.');
  const options = optionsOf(database, config, changed);
  await (await getMigrations(options)).runMigrations();
  return betterAuth(options);
}

/** Makes or completes better-auth's tables, for a database that nobody signs in to yet. */
export async function makeAuthTables(database: IdentityDatabase): Promise<void> {
  const config = { secret: '', baseUrl: 'http://127.0.0.1', openSignUp: false };
  await (await getMigrations(optionsOf(database, config, () => undefined))).runMigrations();
}

export type Auth = Awaited<ReturnType<typeof openAuth>>;
