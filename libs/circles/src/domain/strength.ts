import type { CircleRules } from './rules.js';

export type Strength = 'Vacant' | 'UnderStrength' | 'BelowTarget' | 'OnTarget' | 'OverStrength';

/** How strong a circle of so many persons is (method §2.2). Derived, never commanded. */
export function strengthOf({ sizes }: Pick<CircleRules, 'sizes'>, persons: number): Strength {
  if (persons <= sizes.vacantTo) return 'Vacant';
  if (persons <= sizes.underTo) return 'UnderStrength';
  if (persons < sizes.targetFrom) return 'BelowTarget';
  return persons <= sizes.targetTo ? 'OnTarget' : 'OverStrength';
}
