import type { Guard, NamedTest } from './find.js';

/** The hard invariants of method §9 that stand in this release, in short. `absent`: kept because no command exists that could break it. */
export const invariants: readonly { readonly id: string; readonly says: string; readonly absent?: true }[] = [
  { id: 'INV-01', says: 'A circle has an aim and at least one domain item before activation' },
  { id: 'INV-02', says: 'Every circle but the root has exactly one parent; no cycles' },
  { id: 'INV-03', says: 'One domain item belongs to one circle at a time' },
  { id: 'INV-04', says: 'A sub-circle’s domain is inside its parent’s' },
  {
    id: 'INV-05',
    says: 'Activation needs members, leader, officers, acceptance, pledge and, for practice circles, an expert',
  },
  { id: 'INV-06', says: 'The 11th member is refused, the 9th and 10th need a split plan; link seats exempt' },
  { id: 'INV-08', says: 'Below three members only admission, merger and dissolution are decided' },
  { id: 'INV-09', says: 'A person has one voice per circle, whatever seats they hold' },
  { id: 'INV-10', says: 'Aim and domain are accepted by the circle before it acts' },
  { id: 'INV-12', says: 'The second link is not the circle’s leader' },
  { id: 'INV-13', says: 'The second link is a member of the circle' },
  { id: 'INV-14', says: 'The election of the second link is never delegated' },
  { id: 'INV-15', says: 'Both links are full members of the parent' },
  { id: 'INV-16', says: 'A link’s seat ends with the office or the membership' },
  { id: 'INV-17', says: 'A leader needs the parent’s consent and the circle’s confirmation' },
  { id: 'INV-18', says: 'Nobody is leader, facilitator and secretary at once' },
  { id: 'INV-20', says: 'An expert who supervises a circle is neither member nor officer of it' },
  { id: 'INV-21', says: 'Each office has a start and an end' },
  { id: 'INV-23', says: 'From Active on, admission is decided by consent' },
  { id: 'INV-24', says: 'Who is proposed for removal does not answer in that round' },
  { id: 'INV-25', says: 'Nobody is prevented from leaving', absent: true },
  { id: 'INV-30', says: 'Only consent makes policy', absent: true },
  { id: 'INV-31', says: 'A proposal is presented with text, need, example and review date' },
  { id: 'INV-32', says: 'The review date is after the decision and within the maximum' },
  { id: 'INV-33', says: 'Clarifying and reacting precede consent' },
  { id: 'INV-34', says: 'Only roster members answer, with one standing answer each' },
  { id: 'INV-35', says: 'No abstention' },
  { id: 'INV-36', says: 'An objection has an argument and says what it touches' },
  { id: 'INV-37', says: 'Nothing is decided while an objection is open' },
  { id: 'INV-38', says: 'The facilitator alone cannot discard an objection', absent: true },
  {
    id: 'INV-39',
    says: 'Only all the others, at least three, set an objection aside; never one about a rule or the domain',
  },
  { id: 'INV-40', says: 'A new version voids earlier answers' },
  { id: 'INV-41', says: 'An amendment is based on the latest version' },
  { id: 'INV-42', says: 'Text is frozen during a consent round' },
  { id: 'INV-43', says: 'Quorum holds at opening and closing' },
  { id: 'INV-44', says: 'No proxy answers', absent: true },
  { id: 'INV-45', says: 'An objection is resolved by its objector’s own word' },
  { id: 'INV-47', says: 'Fundamental decisions are AllRequired' },
  { id: 'INV-50', says: 'A renewal needs a new consent round', absent: true },
  { id: 'INV-51', says: 'What lapsed is not cited nor changed, and what it replaced does not revive' },
  { id: 'INV-52', says: 'One log entry per decision, never changed', absent: true },
  { id: 'INV-53', says: 'A decision concerns the circle’s own domain' },
  { id: 'INV-54', says: 'Two proposals are not both applied to one version of an agreement' },
  { id: 'INV-60', says: 'One sealed nomination per roster member, unreadable until the reveal' },
  { id: 'INV-61', says: 'The reveal is simultaneous, when all present have nominated' },
  { id: 'INV-62', says: 'The nominee is eligible and was nominated' },
  { id: 'INV-63', says: 'Reasons choose, never a count', absent: true },
  { id: 'INV-64', says: 'The nominee answers last' },
  { id: 'INV-65', says: 'Who leads the proposing and consent phases is not the nominee' },
  { id: 'INV-66', says: 'No office without personal acceptance' },
  { id: 'INV-67', says: 'Eligibility is checked again at the end' },
];

const cell = (items: readonly string[]): string => (items.length === 0 ? '' : items.join('<br>'));

/** docs/invariants.md: each hard invariant, the statements that keep it and the tests that name it. */
export function invariantTable(guards: readonly Guard[], tests: readonly NamedTest[]): string {
  const rows = invariants.map(({ id, says, absent }) => {
    const kept = guards.filter((it) => it.invariants.includes(id)).map((it) => `\`${it.file}\` ${it.place}`);
    const named = tests.filter((it) => it.invariants.includes(id)).map((it) => `${it.title} (\`${it.file}\`)`);
    const guarded = absent ? [...new Set(kept), 'no command does it'] : [...new Set(kept)];
    return `| ${id} | ${says} | ${cell(guarded)} | ${cell([...new Set(named)].map((it) => it.replaceAll('|', '\\|')))} |`;
  });
  return [
    '# Invariants, their guards and their tests',
    '',
    'Written by `npm run check:guards -- --write`; `npm run check:guards` takes each guard away in turn and sees a named test fail.',
    '',
    '| | Rule | Kept by | Shown by |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
