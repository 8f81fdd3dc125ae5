import { compared } from './comparison.js';

type Version = Parameters<typeof compared>[0];
const first = {
  title: 'Frais de 40 $',
  text: 'Chaque atelier coûte 40 $.',
  need: 'La salle coûte cher.',
  example: 'En janvier.',
  measures: ['présences'],
  resources: null,
  reviewOn: '2027-07-15',
  expiresOn: null,
  onMissedReview: 'Continue',
  responsible: null,
  domainItemId: 'd1',
  effect: null,
} as unknown as Version;

/** As an editor would show it. */
const shown = (from: Version, to: Version): Record<string, string> =>
  Object.fromEntries(
    compared(from, to).map(({ field, parts }) => [
      field,
      parts.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+[${text}]` : `-[${text}]`)).join(''),
    ]),
  );

describe('two versions side by side', () => {
  it('differ in the words that changed, field by field', () =>
    expect(
      shown(first, {
        ...first,
        text: 'Chaque atelier coûte 40 $, ou 20 $ sur demande.',
        reviewOn: '2027-04-15',
        measures: ['présences', 'inscriptions'],
        resources: '200 $',
      }),
    ).toEqual({
      text: expect.stringMatching(/^Chaque atelier coûte 40 \$.*\+\[.*20 \$ sur demande/),
      measures: 'présences+[\ninscriptions]',
      resources: '+[200 $]',
      reviewOn: expect.stringContaining('+[04]'),
    }));

  it('say which version each word is of, so that both can be read', () => {
    const second = { ...first, text: 'Chaque rencontre coûte 20 $ par personne.' };
    const [change] = compared(first, second);
    const of = (other: string): string =>
      change!.parts
        .filter(({ kind }) => kind !== other)
        .map(({ text }) => text)
        .join('');
    expect([of('added'), of('removed')]).toEqual([first.text, second.text]);
  });

  it('do not differ where nothing changed, or where words can no longer be read', () => {
    expect(compared(first, { ...first })).toEqual([]);
    expect(compared({ ...first, text: null }, { ...first, text: null })).toEqual([]);
  });

  it('are two texts where too much changed', () => {
    const words = (of: string): string => Array.from({ length: 6_000 }, (_, at) => `${of}${at}`).join(' ');
    const [change] = compared({ ...first, text: words('a') }, { ...first, text: words('b') });
    expect(change!.parts.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  it('tell that something else than text changed', () => {
    const effect = { kind: 'admitMember' as const, memberId: 'maya' };
    expect(shown(first, { ...first, effect, responsible: 'ana' })).toEqual({ responsible: '', effect: '' });
  });
});
