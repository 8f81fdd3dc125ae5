import type { CircleRules, Office } from './domain/rules.js';

/**
 * How a circle stands at one moment, folded through the port from its own stream and its sub-circles' (house §10): what a
 * neighbour's decision may rely on. `revision` is the circle's, to be recorded by whoever relied on it.
 */
export interface CircleStanding {
  readonly circleId: string;
  readonly communityId: string;
  readonly parentId: string | undefined;
  readonly zone: string;
  readonly category: string;
  readonly state: 'Proposed' | 'Forming' | 'Active';
  readonly revision: number;
  /** Aim and domain are accepted by the circle (INV-10). */
  readonly accepted: boolean;
  readonly convener: string;
  readonly rules: CircleRules;
  /** Everybody with consent rights, link seats included, each person once (INV-09). */
  readonly members: readonly string[];
  /** Those who hold a seat here only as link of a sub-circle. */
  readonly linkOnly: readonly string[];
  /** Who holds an office whose term runs now, seat 1. While forming, nobody but who was elected. */
  readonly holders: Readonly<Partial<Record<Office, string>>>;
  /** Who acts without a term: `secretary` is the volunteer of a forming circle. */
  readonly acting: Readonly<Partial<Record<Office, string>>>;
  /** Experts assigned at this moment. */
  readonly experts: readonly string[];
  readonly domain: readonly { readonly itemId: string; readonly delegatedTo?: string }[];
  readonly subCircles: readonly string[];
}

/** Folds neighbours' standing for command handlers. Refuses `NOT_FOUND` for a circle that is not there or not of this community. */
export abstract class Standings {
  abstract of(circleId: string, community: string, now: string): Promise<CircleStanding>;
}

/** A community as a neighbour's decision may rely on it: who belongs to it now. */
export interface CommunityStanding {
  readonly communityId: string;
  readonly zone: string;
  readonly rootCircleId: string;
  readonly members: readonly string[];
  readonly revision: number;
}

/** Folds a community for command handlers. Refuses `NOT_FOUND`. */
export abstract class Communities {
  abstract of(communityId: string): Promise<CommunityStanding>;
}

/** Who leads rounds and who records, among those present (method §2.1, §2.6): the holder, else the other officer, else the leader. */
export function officiating(
  standing: CircleStanding,
  present: readonly string[],
): { facilitator: string | undefined; secretary: string | undefined } {
  const { holders, acting, convener, state } = standing;
  const here = (person: string | undefined): person is string => person !== undefined && present.includes(person);
  const forming = state !== 'Active';
  const first = (...people: (string | undefined)[]): string | undefined => people.find(here);
  return {
    facilitator: first(
      holders.facilitator,
      forming ? convener : undefined,
      holders.secretary,
      acting.secretary,
      holders.leader,
    ),
    secretary: first(
      holders.secretary,
      acting.secretary,
      holders.facilitator,
      forming ? convener : undefined,
      holders.leader,
    ),
  };
}
