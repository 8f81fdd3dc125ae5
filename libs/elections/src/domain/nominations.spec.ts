import { given, refusalOf } from '@app/kernel/testing';
import { fold } from '@app/kernel';
import { election } from './election.js';
import { whyIneligible } from './eligibility.js';
import { nominate, openNominations, revealNominations, sealKeyOf } from './nominations.js';
import {
  as,
  called,
  circleWithout,
  described,
  inked,
  meeting,
  members,
  nominationsOpened,
  presentOnly,
  racines,
  revealed,
  s8,
  sealed,
  upTo,
} from './racines.fixture.js';

const paper = (nominee: string) => ({ nominee, sealed: { keyId: 'seal:e1:1', ciphertext: inked(nominee) } });
const unseal = (_: string, ciphertext: string) => inked(ciphertext);

describe('opening nominations', () => {
  const ready = [called(), described];

  it('writes the roster, who is there, the quorum, the rules and the key of the round', () =>
    given(election, ...ready)
      .when(openNominations, as('zoe'))
      .then(nominationsOpened()));

  it('is for who facilitates', () =>
    given(election, ...ready)
      .when(openNominations, as('luc'))
      .thenRefused('NOT_AN_OFFICER'));

  it('is for members', () =>
    given(election, ...ready)
      .when(openNominations, as('zoe', { circle: circleWithout('zoe') }))
      .thenRefused('NOT_A_MEMBER'));

  it('INV-14 happens in the circle’s own meeting, while it is open', () => {
    given(election, ...ready)
      .when(openNominations, as('zoe', { meeting: { ...meeting, circleId: 'general' } }))
      .thenRefused('MEETING_OF_ANOTHER_CIRCLE');
    given(election, ...ready)
      .when(openNominations, as('zoe', { meeting: { ...meeting, open: false } }))
      .thenRefused('MEETING_NOT_OPEN');
    given(election, ...ready)
      .when(openNominations, as('zoe', { meeting: undefined }))
      .thenRefused('MEETING_NOT_OPEN');
  });

  it('INV-43 needs a quorum', () =>
    given(election, ...ready)
      .when(openNominations, as('zoe', { meeting: presentOnly('zoe', 'luc', 'ana', 'paul') }))
      .thenRefused('QUORUM_MISSING'));

  it('follows the order of the first elections while the circle is forming', () => {
    const forming = (holders: object) => as('zoe', { circle: { ...racines, state: 'Forming', holders } });
    const opening = (office: 'facilitator' | 'secretary' | 'secondLink', holders: object) =>
      given(election, called(office), described).when(openNominations, forming(holders));
    opening('facilitator', {}).thenTypes('NominationsOpened');
    opening('secretary', {}).thenRefused('FIRST_ELECTIONS_IN_ORDER');
    opening('secretary', { facilitator: 'zoe' }).thenTypes('NominationsOpened');
    opening('secondLink', { facilitator: 'zoe' }).thenRefused('FIRST_ELECTIONS_IN_ORDER');
    opening('secondLink', { facilitator: 'zoe', secretary: 'luc' }).thenTypes('NominationsOpened');
  });
});

describe('a sealed nomination', () => {
  it('carries who sealed it and a ciphertext, and nothing else', () =>
    given(election, ...upTo.nominating)
      .when(nominate, { ...as('paul'), ...paper('ines') })
      .then(sealed('paul', 'ines')));

  it('may name oneself, or a search outside', () => {
    given(election, ...upTo.nominating)
      .when(nominate, { ...as('paul'), ...paper('paul') })
      .then(sealed('paul', 'paul'));
    given(election, ...upTo.nominating)
      .when(nominate, { ...as('paul'), ...paper('outside') })
      .then(sealed('paul', 'outside'));
  });

  it('comes from wherever the member is', () =>
    given(election, ...upTo.nominating)
      .when(nominate, { ...as('paul', { meeting: presentOnly('zoe') }), ...paper('ines') })
      .thenTypes('NominationSealed'));

  it('INV-60 is one per member of the roster', () =>
    given(election, ...upTo.nominating, sealed('paul', 'ines'))
      .when(nominate, { ...as('paul'), ...paper('ana') })
      .thenRefused('ALREADY_NOMINATED'));

  it('INV-60 is for the roster only', () =>
    given(election, ...upTo.nominating)
      .when(nominate, { ...as('theo', { circle: { ...racines, members: [...members, 'theo'] } }), ...paper('ana') })
      .thenRefused('NOT_ON_ROSTER'));

  it('INV-44 is by whoever sends it: there is no way to enter it for another', () => {
    const input = { ...as('zoe'), ...paper('ines'), of: 'paul', voice: { of: 'paul', channel: 'paper' } };
    given(election, ...upTo.nominating)
      .when(nominate, input)
      .then(sealed('zoe', 'ines'));
  });

  it('is not for who left the circle', () =>
    given(election, ...upTo.nominating)
      .when(nominate, { ...as('paul', { circle: circleWithout('paul') }), ...paper('ana') })
      .thenRefused('NOT_A_MEMBER'));

  it('INV-62 names somebody who can hold the office, and its refusal tells nothing more', () => {
    for (const nominee of ['marc', 'solange', 'theo']) {
      const state = fold(election, upTo.nominating);
      const refusal = refusalOf(() => nominate(state, { ...as('paul'), ...paper(nominee) }));
      expect({ ...refusal, message: refusal.message }).toEqual({
        name: 'Refusal',
        code: 'NOT_ELIGIBLE',
        details: {},
        message: 'NOT_ELIGIBLE',
      });
    }
  });

  it('is over once revealed', () =>
    given(election, ...upTo.revealed)
      .when(nominate, { ...as('paul'), ...paper('ana') })
      .thenRefused('WRONG_PHASE'));
});

describe('who can hold an office', () => {
  it('INV-12 the second link is neither the leader nor who acts as leader', () => {
    expect(whyIneligible('secondLink', 'marc', racines)).toBe('leader');
    expect(whyIneligible('secondLink', 'paul', { ...racines, acting: { leader: 'paul' } })).toBe('leader');
    expect(whyIneligible('secondLink', 'paul', racines)).toBeUndefined();
  });

  it('INV-13 the second link is a member of the circle', () =>
    expect(whyIneligible('secondLink', 'denise', racines)).toBe('notAMember'));

  it('INV-20 an expert of the circle holds no office in it', () =>
    expect(whyIneligible('secretary', 'solange', { ...racines, members: [...members, 'solange'] })).toBe('expert'));

  it('INV-18 nobody is leader, facilitator and secretary at once', () => {
    const holders = { leader: 'marc', facilitator: 'marc' };
    expect(whyIneligible('secretary', 'marc', { ...racines, holders })).toBe('threeOffices');
    expect(whyIneligible('secretary', 'marc', racines)).toBeUndefined();
    expect(whyIneligible('facilitator', 'marc', { ...racines, holders })).toBeUndefined();
  });
});

describe('the reveal', () => {
  const all = members.map((by) => sealed(by, s8[by]!));

  it('INV-61 opens everybody’s nomination at one moment, in the order of the roster', () =>
    given(election, ...upTo.nominating, ...all.toReversed())
      .when(revealNominations, { ...as('zoe'), unseal })
      .then(revealed()));

  it('INV-61 waits for everybody present', () =>
    given(election, ...upTo.nominating, ...all.slice(1))
      .when(revealNominations, { ...as('zoe'), unseal })
      .thenRefused('NOMINATIONS_MISSING'));

  it('INV-61 does not wait for who is away', () => {
    const { ana: _, ...others } = s8;
    const here = presentOnly(...members.slice(1));
    given(election, ...upTo.nominating, ...all.slice(1))
      .when(revealNominations, { ...as('zoe', { meeting: here }), unseal })
      .then({ ...revealed(others), data: { ...revealed(others).data, present: here.present } } as never);
  });

  it('INV-43 needs a quorum', () =>
    given(election, ...upTo.nominating, ...all)
      .when(revealNominations, { ...as('zoe', { meeting: presentOnly('zoe', 'luc', 'ana', 'paul') }), unseal })
      .thenRefused('QUORUM_MISSING'));

  it('is for who leads, and while they are away for who facilitates', () => {
    given(election, ...upTo.nominating, ...all)
      .when(revealNominations, { ...as('luc'), unseal })
      .thenRefused('NOT_THE_LEAD');
    const away = { meeting: presentOnly(...members.filter((it) => it !== 'zoe')) };
    const officers = { facilitator: 'luc', secretary: 'luc' };
    given(election, ...upTo.nominating, ...all)
      .when(revealNominations, { ...as('luc', { ...away, officers }), unseal })
      .thenTypes('NominationsRevealed');
  });

  it('leaves the envelope of who left the circle shut', () => {
    const { paul: _, ...others } = s8;
    const circle = circleWithout('paul');
    const [reduced, opened] = given(election, ...upTo.nominating, ...all)
      .when(revealNominations, { ...as('zoe', { circle, meeting: presentOnly(...circle.members) }), unseal })
      .facts();
    expect(reduced).toEqual({
      type: 'ElectionRosterReduced',
      data: { phase: 'nominating', left: ['paul'], quorum: 4, circleRevision: 21 },
    });
    expect(opened?.type === 'NominationsRevealed' && opened.data.pairs.map(({ by }) => by)).toEqual(
      Object.keys(others),
    );
  });

  it('needs somebody’s nomination', () =>
    given(election, called(), described, {
      ...nominationsOpened(),
      data: { ...nominationsOpened().data, roster: ['theo'] },
    } as never)
      .when(revealNominations, { ...as('zoe', { circle: { ...racines, members: [...members, 'theo'] } }), unseal })
      .thenRefused('NOBODY_NOMINATED'));

  it('happens in the circle’s open meeting', () =>
    given(election, ...upTo.nominating, ...all)
      .when(revealNominations, { ...as('zoe', { meeting: { ...meeting, open: false } }), unseal })
      .thenRefused('MEETING_NOT_OPEN'));

  it('passes the proposing phase on when the incumbent who leads is named', () => {
    const names = { ...s8, ana: 'zoe', marc: 'zoe' };
    const history = [
      called('facilitator'),
      described,
      nominationsOpened(),
      ...members.map((by) => sealed(by, names[by as keyof typeof names])),
    ];
    given(election, ...history)
      .when(revealNominations, { ...as('zoe'), unseal })
      .then(revealed(names), {
        type: 'ElectionLeadHandedOver',
        data: { from: 'zoe', to: 'luc', phase: 'proposing', order: 'secretary' },
      });
  });
});

it('an envelope sealed for another round is not taken', () =>
  given(election, ...upTo.nominating)
    .when(nominate, { ...as('paul'), nominee: 'ana', sealed: { keyId: 'seal:e1:2', ciphertext: 'x' } })
    .thenRefused('SEALED_FOR_ANOTHER_ROUND'));

it('the key of a round is named by election and round', () => expect(sealKeyOf('e1', 2)).toBe('seal:e1:2'));
