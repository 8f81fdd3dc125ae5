import type { FastifyRequest } from 'fastify';
import { Injectable } from '@nestjs/common';
import { type GraphContext, type SignedIn, type Viewer } from '@app/graph';
import { Identity, type Membership } from '@app/identity';
import { localeOf } from '@app/wording';

type Acting = Pick<GraphContext, 'viewer' | 'departed' | 'absence'>;

/** Who is asking. The only reader of sessions and tokens: what comes after knows a viewer. */
@Injectable()
export class Actors {
  constructor(
    private readonly identity: Identity,
    /** Waits until the rows show everything up to a position that the account wrote; false when a limit was over first. */
    private readonly shown: (accountId: string, position: string) => Promise<boolean>,
  ) {}

  /** What the resolvers of one request share. Never throws for who is asking: nobody is somebody too. */
  async contextOf({ headers, id }: Pick<FastifyRequest, 'headers' | 'id'>): Promise<GraphContext> {
    const locale = localeOf(headers['accept-language']);
    const shared = { locale, correlationId: id, loaders: new Map<unknown, unknown>() };
    const caller = await this.identity.authenticate(headers);
    if (caller === null) {
      const tokenRefused = headers.authorization !== undefined;
      return { ...shared, account: undefined, viewer: undefined, tokenRefused };
    }
    const account: SignedIn = {
      accountId: caller.accountId,
      ...(caller.via === 'session' ? { sessionId: caller.sessionId } : {}),
      locale,
      correlationId: id,
    };
    // What they wrote by way of another process, which was late to show it.
    const wrote = await this.identity.positions.of(caller.accountId);
    const behind = wrote !== undefined && !(await this.shown(caller.accountId, wrote));
    const memberships = await this.identity.membershipsOf(caller.accountId);
    return { ...shared, account, behind, ...actingIn(account, memberships, headers['x-community']) };
  }
}

/**
 * As which member: the only one there is, or the one of the community named by `x-community`. A membership that the community's history
 * does not know of is none.
 */
function actingIn(account: SignedIn, all: readonly Membership[], named: string | string[] | undefined): Acting {
  const known = all.filter(({ registered }) => registered);
  const chosen = named === undefined || named === '' ? known : known.filter(({ communityId }) => communityId === named);
  const [only, ...others] = chosen.filter(({ left }) => !left);
  if (others.length > 0) return { viewer: undefined, absence: 'COMMUNITY_NOT_CHOSEN' };
  if (only !== undefined) return { viewer: viewerOf(account, only) };
  const absence = named === undefined || named === '' ? 'NO_COMMUNITY' : 'NOT_YOUR_COMMUNITY';
  const [left, ...more] = chosen;
  return { viewer: undefined, absence, ...(left && more.length === 0 ? { departed: viewerOf(account, left) } : {}) };
}

const viewerOf = ({ accountId, locale, correlationId }: SignedIn, { memberId, communityId }: Membership): Viewer => ({
  accountId,
  memberId,
  communityId,
  locale,
  correlationId,
});
