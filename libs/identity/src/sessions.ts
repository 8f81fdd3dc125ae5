import { SystemClock } from '@app/kernel';
import { type Auth, authPaths, clientAddressHeader } from './auth.js';
import { type Others, Remembered } from './remembered.js';

const longestKey = 4096;
/** better-auth dates sessions by the machine's clock, so they are read by it, whatever clock the rest is given. */
const machine = new SystemClock();

type Known = { accountId: string; sessionId: string; expiresAt: string };

/** Signing in and out with better-auth, and whose session a cookie is. */
export class Sessions {
  private readonly known: Remembered<Known>;

  constructor(
    private readonly auth: Auth,
    others: Others,
  ) {
    this.known = new Remembered(others);
  }

  /**
   * Answers a request under `/api/auth`. `clientAddress` is the address of the socket (or the one a trusted proxy vouches for): tries are
   * limited by it, and what the client itself claims is dropped.
   */
  async handle(request: Request, clientAddress: string): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!authPaths.has(pathname.replace(/^\/api\/auth/, ''))) return new Response(null, { status: 404 });
    const headers = new Headers(request.headers);
    headers.set(clientAddressHeader, clientAddress);
    return this.auth.handler(new Request(request, { headers }));
  }

  /** Whose session these cookies are; null without a standing one. Reads never prolong it: `GET /api/auth/get-session` does. */
  async authenticate(cookie: string): Promise<{ readonly accountId: string; readonly sessionId: string } | null> {
    if (cookie.length > longestKey) return null;
    const found = await this.known.find(cookie, () => this.read(cookie));
    if (!found || found.expiresAt <= machine.now()) return null;
    return { accountId: found.accountId, sessionId: found.sessionId };
  }

  forget(accountId: string): void {
    this.known.forget(accountId);
  }

  private async read(cookie: string): Promise<Known | null> {
    const found = await this.auth.api.getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } });
    if (!found) return null;
    const { session } = found;
    return { accountId: session.userId, sessionId: session.id, expiresAt: session.expiresAt.toISOString() };
  }
}
