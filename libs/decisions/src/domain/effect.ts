import {
  day,
  id,
  list,
  literal,
  maybe,
  oneOf,
  record,
  type Static,
  text,
  type TextKey,
  union,
  whole,
} from '@app/kernel';

export const categories = ['general', 'practice', 'department'] as const;
const kind = <const K extends string>(name: K) => literal(name);

/** What a decision changes by itself when it is reached (house §10). `key` covers its text. */
export const effect = (key: TextKey) =>
  union([
    record({ kind: kind('acceptAimAndDomain') }),
    record({
      kind: kind('admitMember'),
      memberId: id(),
      splitPlan: maybe(record({ plan: text(key, 2_000), due: day() })),
    }),
    record({ kind: kind('removeMember'), memberId: id() }),
    record({
      kind: kind('conveneCircle'),
      circleId: id(),
      name: text(key, 200),
      aim: text(key, 2_000),
      items: list(id()),
      leader: id(),
      leaderTermMonths: whole(),
      category: oneOf(categories),
      meetingsPerYear: whole(),
    }),
    record({ kind: kind('assignExpert'), expertId: id(), from: day(), to: day() }),
    record({ kind: kind('unassignExpert'), expertId: id() }),
    record({ kind: kind('changeAim'), circleId: id(), aim: text(key, 2_000) }),
    record({
      kind: kind('changeDomain'),
      circleId: id(),
      add: list(record({ itemId: id(), text: text(key, 500) })),
      remove: list(id()),
    }),
  ]);
export type Effect = Static<ReturnType<typeof effect>>;
export type EffectKind = Effect['kind'];
export const effectKinds = [
  'acceptAimAndDomain',
  'admitMember',
  'removeMember',
  'conveneCircle',
  'assignExpert',
  'unassignExpert',
  'changeAim',
  'changeDomain',
] as const satisfies readonly EffectKind[];

/** Decided by everybody's explicit answer, whatever the circle's absence mode (INV-47). */
export const fundamentalKinds: readonly EffectKind[] = [
  'acceptAimAndDomain',
  'removeMember',
  'changeAim',
  'changeDomain',
];

/** Whom a decision is about, who asks and reacts like everybody and does not answer (INV-24). */
export const subjectOf = (it: Effect | undefined): string | undefined =>
  it?.kind === 'removeMember' ? it.memberId : undefined;
