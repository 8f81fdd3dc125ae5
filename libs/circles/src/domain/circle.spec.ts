import { fold } from '@app/kernel';
import { refusalOf } from '@app/kernel/testing';
import { type CircleEvent, circleEvents } from './circle.events.js';
import { type Circle, circle, existing } from './circle.js';
import {
  activated,
  admittedConvener,
  aimAccepted,
  circleAfter,
  convenes,
  decision,
  expert,
  leader,
  proposed,
  term,
  until,
  vacated,
} from './spec.racines.js';

const holding = { termId: 'leader-marc', office: 'leader' as const, seat: 1, memberId: 'marc' };
const acting = { termId: 't1', office: 'secretary' as const, seat: 1, memberId: 'luc' };
const lise = { link: 'second' as const, memberId: 'lise', subCircleId: 'soir' };
const offer: CircleEvent = { type: 'AdmissionOffered', data: { memberId: 'zoe', by: 'marc' } };
const appointed: CircleEvent = { type: 'ActingAppointed', data: { ...acting, order: 'volunteer' } };
const seated: CircleEvent = { type: 'LinkSeated', data: { ...lise, causedBy: 'ev1' } };
const delegated = convenes(['accueil'], 'soir');
const items = [
  { itemId: 'ecoute', text: 'Les rencontres d’écoute' },
  { itemId: 'accueil', text: 'L’accueil' },
];

/** One example of every event: what went before, the event, and what it changes. */
const examples: readonly [before: CircleEvent[], fact: CircleEvent, changes: Partial<Circle>][] = [
  [[], proposed(), { phase: 'Proposed', parentId: 'general', convener: 'marc', hasAim: true, accepted: false }],
  [[proposed()], offer, { offered: ['zoe'] }],
  [
    [proposed(), offer],
    { type: 'AdmissionDeclined', data: { memberId: 'zoe', by: 'zoe' } },
    { offered: [], admitted: [] },
  ],
  [[proposed()], admittedConvener, { phase: 'Forming', admitted: ['marc'] }],
  [
    [proposed(), admittedConvener],
    { type: 'OverStrengthAdmitted', data: { memberId: 'marc', plan: null, due: until('2027-07-01'), decision } },
    { admitted: ['marc'] },
  ],
  [[proposed(), admittedConvener], aimAccepted, { accepted: true, phase: 'Forming' }],
  [[proposed({ aim: '' })], { type: 'AimChanged', data: { aim: 'Écouter.', decision } }, { hasAim: true }],
  [
    [proposed()],
    { type: 'DomainChanged', data: { added: [{ itemId: 'new', text: null }], removed: ['accueil'], decision } },
    { domain: [items[0]!, { itemId: 'new', text: null }] },
  ],
  [
    [proposed(), admittedConvener, leader],
    activated,
    {
      phase: 'Active',
      formingTerms: ['leader-marc'],
      heldAtActivation: [
        { ...holding, from: '2027-01-10', to: until('2028-01-10') } as Circle['heldAtActivation'][number],
      ],
    },
  ],
  [[proposed()], delegated, { subCircles: ['soir'], domain: [items[0]!, { ...items[1]!, delegatedTo: 'soir' }] }],
  [
    [proposed(), delegated],
    { type: 'DomainReturned', data: { subCircleId: 'soir', items: ['accueil'], decision } },
    { subCircles: ['soir'], domain: items },
  ],
  [
    [proposed(), admittedConvener],
    { type: 'MemberRemoved', data: { memberId: 'marc', decision, officesEnded: [] } },
    { admitted: [], former: ['marc'] },
  ],
  [
    [proposed(), admittedConvener],
    {
      type: 'MemberLeftCircle',
      data: {
        memberId: 'marc',
        officesEnded: [],
        linksEnded: [{ subCircleId: 'soir', link: 'second', termId: 't9' }],
      },
    },
    { admitted: [], former: ['marc'], seatsLeft: ['t9'] },
  ],
  [[proposed()], seated, { announced: [lise] }],
  [
    [proposed(), seated],
    { type: 'LinkSeatEnded', data: { ...lise, cause: 'resigned', causedBy: 'ev2' } },
    { announced: [] },
  ],
  [[proposed()], leader, { terms: [{ ...holding, from: '2027-01-10', to: until('2028-01-10') }] }],
  [[proposed()], appointed, { acting: [{ ...acting, order: 'volunteer' } as Circle['acting'][number]] }],
  [[proposed(), appointed], { type: 'ActingEnded', data: { ...acting, cause: 'steppedBack' } }, { acting: [] }],
  [[proposed(), leader], { type: 'OfficeResigned', data: holding }, { terms: [] }],
  [[proposed(), leader], vacated('leader', 'marc', 'leftCircle'), { terms: [] }],
  [[proposed()], expert(), { experts: [{ expertId: 'solange', from: '2027-01-15', to: until('2028-01-15') }] }],
  [
    [proposed(), expert()],
    { type: 'ExpertUnassigned', data: { expertId: 'solange', cause: 'steppedBack' } },
    { experts: [] },
  ],
];

describe('the fold of a circle', () => {
  it.each(examples.map((it) => [it[1].type, ...it] as const))('folds %s', (_, before, fact, changes) =>
    expect(fold(circle, [...before, fact])).toMatchObject(changes),
  );

  it('has an example of every event', () =>
    expect(new Set(examples.map(([, { type }]) => type))).toEqual(new Set(Object.keys(circleEvents.types))));

  it('takes back who left, and forgets the offer that was accepted', () => {
    const left: CircleEvent = {
      type: 'MemberLeftCircle',
      data: { memberId: 'marc', officesEnded: [], linksEnded: [] },
    };
    const again = circleAfter(proposed(), admittedConvener, left, admittedConvener);
    expect(again).toMatchObject({ admitted: ['marc'], former: [] });
    const zoe: CircleEvent = { type: 'MemberAdmitted', data: { memberId: 'zoe', how: 'acceptance' } };
    expect(circleAfter(proposed(), offer, zoe)).toMatchObject({ offered: [], admitted: ['zoe'] });
  });

  it('keeps the other offices when one ends', () =>
    expect(
      circleAfter(proposed(), leader, term('secretary', 'luc'), vacated('leader', 'marc', 'leftCircle')).terms.map(
        ({ office }) => office,
      ),
    ).toEqual(['secretary']));

  it('does not fold a history that has no beginning', () => expect(() => fold(circle, [activated])).toThrow('corrupt'));

  it('has nothing to decide on before the circle is proposed', () =>
    expect(refusalOf(() => existing(circle.initial)).code).toBe('NOT_FOUND'));
});
