import type { CircleRules } from './rules.js';

export type Strength = 'Vacant' | 'UnderStrength' | 'BelowTarget' | 'OnTarget' | 'OverStrength';

/** How strong a circle of so many persons is (method §2.2). Derived, never commanded. */
export function strengthOf({ sizes }: Pick<CircleRules, 'sizes'>, persons: number): Strength {
  if (persons <= sizes.vacantTo) return 'Vacant';
  if (persons <= sizes.underTo) return 'UnderStrength';
  if (persons < sizes.targetFrom) return 'BelowTarget';
  return persons <= sizes.targetTo ? 'OnTarget' : 'OverStrength';
}

/** Whether so few persons may decide this matter: below three, only who joins, merging and dissolving (INV-08). */
export function mayDecide(rules: Pick<CircleRules, 'sizes'>, persons: number, effectKind?: string): boolean {
  const alwaysOpen = ['admitMember', 'merge', 'dissolve'];
  if (effectKind !== undefined && alwaysOpen.includes(effectKind)) return true;
  return strengthOf(rules, persons) !== 'Vacant'; // INV-08
}
