/** What share of the members must be there, and how many at least (method §3.4). */
export interface QuorumRule {
  readonly numerator: number;
  readonly denominator: number;
  readonly minimum: number;
}

/** How many of `members` persons make a quorum: the share, rounded up, never less than the minimum (INV-43). */
export function quorumOf({ numerator, denominator, minimum }: QuorumRule, members: number): number {
  return Math.max(minimum, Math.ceil((members * numerator) / denominator));
}
