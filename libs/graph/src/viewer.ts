import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { type Caller } from '@app/event-store';
import { newId } from '@app/kernel';
import type { Locale } from '@app/wording';
import { Failure } from './errors.js';

/**
 * Who is asking, as the resolvers see them: one account, acting as one member of one community. A class rather than an interface, so
 * that decorated signatures may name it.
 */
export abstract class Viewer {
  readonly accountId!: string;
  readonly memberId!: string;
  readonly communityId!: string;
  readonly locale!: Locale;
  /** Ties together what one request caused: in events, logs and error answers. */
  readonly correlationId!: string;
}

/** Somebody signed in, whether or not they act in a community yet. `sessionId` is absent for an API token. */
export abstract class SignedIn {
  readonly accountId!: string;
  readonly sessionId?: string;
  readonly locale!: Locale;
  readonly correlationId!: string;
}

/** What every resolver of one request shares. Made by the app, once a request. */
export abstract class GraphContext {
  readonly locale!: Locale;
  readonly correlationId!: string;
  readonly account!: SignedIn | undefined;
  readonly viewer!: Viewer | undefined;
  /** As whom somebody asked before they left the community of this request. */
  readonly departed?: Viewer;
  /** Whether nobody is signed in because the token that was sent is unknown, expired or revoked. */
  readonly tokenRefused?: boolean;
  /** Why there is an account and no viewer. */
  readonly absence?: 'NO_COMMUNITY' | 'COMMUNITY_NOT_CHOSEN' | 'NOT_YOUR_COMMUNITY';
  /** Whether what the account wrote by way of another process cannot be shown yet, though it was waited for. */
  readonly behind?: boolean;
  /** Of a subscription: who asks, as of now, with nothing read yet. */
  readonly again?: () => Promise<GraphContext>;
  /** Loaders of this request, by key: see `loaderOf`. */
  readonly loaders!: Map<unknown, unknown>;
}

const contextOf = (context: ExecutionContext): GraphContext =>
  GqlExecutionContext.create(context).getContext<GraphContext>();

const nobodyIn = ({ tokenRefused }: GraphContext): Failure =>
  new Failure('UNAUTHENTICATED', tokenRefused ? { token: 'refused' } : {});

const absentIn = (context: GraphContext): Failure =>
  context.account === undefined ? nobodyIn(context) : new Failure(context.absence ?? 'NO_COMMUNITY');

/** The member who is asking. Nobody signed in: `UNAUTHENTICATED`; signed in but in no community: `NO_COMMUNITY`, `COMMUNITY_NOT_CHOSEN` or `NOT_YOUR_COMMUNITY`. */
export const CurrentViewer = createParamDecorator((_: unknown, execution: ExecutionContext): Viewer => {
  const context = contextOf(execution);
  if (context.viewer === undefined) throw absentIn(context);
  return context.viewer;
});

/** The same, or who they were in the community that they left: for the one thing that they may still ask, to be forgotten. */
export const PresentOrDepartedViewer = createParamDecorator((_: unknown, execution: ExecutionContext): Viewer => {
  const context = contextOf(execution);
  const viewer = context.viewer ?? context.departed;
  if (viewer === undefined) throw absentIn(context);
  return viewer;
});

/** The account that is asking, in a community or not. Nobody signed in: `UNAUTHENTICATED`. */
export const CurrentAccount = createParamDecorator((_: unknown, execution: ExecutionContext): SignedIn => {
  const context = contextOf(execution);
  if (context.account === undefined) throw nobodyIn(context);
  return context.account;
});

/** The caller of a command. The same `commandId` sent twice is the same click; without one, each call is its own. */
export function callerOf(viewer: Viewer, commandId?: string | null): Caller {
  const { communityId, memberId, correlationId } = viewer;
  return { community: communityId, member: memberId, commandId: commandId ?? newId(), correlationId };
}
