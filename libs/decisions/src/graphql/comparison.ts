import { diffWordsWithSpace } from 'diff';
import type { VersionRow } from '../read/proposal.tables.js';
import { ComparedPartView, FieldComparisonView } from './comparison.types.js';

type Compared = Omit<VersionRow, 'position'>;

/** Words apart that are looked for; texts that differ more are two texts. */
const MOST_EDITS = 2_000;

/** What of a version people read as text, and how. */
const texts: Readonly<Record<string, (version: Compared) => string | null>> = {
  title: ({ title }) => title,
  text: ({ text }) => text,
  need: ({ need }) => need,
  example: ({ example }) => example,
  measures: ({ measures }) => measures.map((it) => it ?? '').join('\n'),
  resources: ({ resources }) => resources,
  reviewOn: ({ reviewOn }) => reviewOn,
  expiresOn: ({ expiresOn }) => expiresOn,
  onMissedReview: ({ onMissedReview }) => onMissedReview,
};
/** What they do not: it is said that it changed. */
const others: Readonly<Record<string, (version: Compared) => unknown>> = {
  responsible: ({ responsible }) => responsible,
  domainItemId: ({ domainItemId }) => domainItemId,
  effect: ({ effect }) => effect,
  agreement: ({ agreement }) => agreement,
  cites: ({ cites }) => cites,
};

/** Two versions side by side: each field that is not the same, in the order in which a version is read. */
export function compared(from: Compared, to: Compared): FieldComparisonView[] {
  const read = Object.entries(texts).flatMap(([field, of]) => {
    const [before, after] = [of(from) ?? '', of(to) ?? ''];
    return before === after ? [] : [changed(field, partsOf(before, after))];
  });
  const said = Object.entries(others).flatMap(([field, of]) =>
    JSON.stringify(of(from)) === JSON.stringify(of(to)) ? [] : [changed(field, [])],
  );
  return [...read, ...said];
}

function partsOf(before: string, after: string): ComparedPartView[] {
  const found = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
  if (found === undefined) return [part('removed', before), part('added', after)];
  return found.map(({ added, removed, value }) => part(added ? 'added' : removed ? 'removed' : 'same', value));
}

const part = (kind: string, text: string): ComparedPartView => Object.assign(new ComparedPartView(), { kind, text });
const changed = (field: string, parts: ComparedPartView[]): FieldComparisonView =>
  Object.assign(new FieldComparisonView(), { field, parts });
