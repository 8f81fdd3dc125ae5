import { given } from '@app/kernel/testing';
import { election } from './election.js';
import type { ElectionEvent } from './election.events.js';
import { handOverLead, proposeNominee } from './proposing.js';
import {
  as,
  called,
  changesOpened,
  closed,
  consent,
  described,
  circleWithout,
  meeting,
  members,
  nominationsOpened,
  objection,
  presentOnly,
  proposed,
  racines,
  reason,
  reasonsOpened,
  revealed,
  roundOpened,
  s8,
  upTo,
} from './racines.fixture.js';

const naming = { person: 'ana', rationale: 'Les raisons se rejoignent', cites: ['r-zoe'] };
/** The facilitator's own office is at stake, and Zoé, who leads, is named twice. */
const zoeNamed = [
  called('facilitator'),
  described,
  nominationsOpened(),
  revealed({ ...s8, paul: 'zoe', ines: 'zoe' }),
  reasonsOpened,
  reason('zoe', 'ana'),
  changesOpened,
];
const handedTo = (
  to: string,
  order: 'secretary' | 'leader' | 'expert' | 'member',
  phase: 'proposing' | 'consent' = 'proposing',
): ElectionEvent => ({
  type: 'ElectionLeadHandedOver',
  data: { from: 'zoe', to, phase, order },
});

describe('proposing a nominee', () => {
  it('INV-63 carries a rationale and cites recorded reasons', () =>
    given(election, ...upTo.changing)
      .when(proposeNominee, { ...as('zoe'), ...naming })
      .then(proposed('ana')));

  it('INV-63 needs a rationale, and a reason that somebody gave', () => {
    given(election, ...upTo.changing)
      .when(proposeNominee, { ...as('zoe'), ...naming, rationale: ' ' })
      .thenRefused('TEXT_EMPTY');
    given(election, ...upTo.changing)
      .when(proposeNominee, { ...as('zoe'), ...naming, cites: [] })
      .thenRefused('NO_REASON_CITED');
    given(election, ...upTo.changing)
      .when(proposeNominee, { ...as('zoe'), ...naming, cites: ['r-zoe', 'r-nobody'] })
      .thenRefused('NO_REASON_CITED');
  });

  it('INV-62 is of a name that was nominated', () => {
    given(election, ...upTo.changing)
      .when(proposeNominee, { ...as('zoe'), ...naming, person: 'lise' })
      .thenRefused('NOT_NOMINATED');
    given(election, ...upTo.changing)
      .when(proposeNominee, { ...as('zoe'), ...naming, person: 'outside' })
      .thenRefused('NOT_NOMINATED');
  });

  it('INV-62 is of somebody who can hold the office still, and says why not', () =>
    given(election, ...upTo.changing)
      .when(proposeNominee, {
        ...as('zoe', { circle: { ...racines, holders: { ...racines.holders, leader: 'ana' } } }),
        ...naming,
      })
      .thenRefused('NOT_ELIGIBLE'));

  it('INV-13 is of a member', () =>
    given(election, ...upTo.changing)
      .when(proposeNominee, { ...as('zoe', { circle: circleWithout('ana') }), ...naming })
      .thenRefused('NOT_ELIGIBLE'));

  it('INV-65 is never of oneself', () => {
    const named = [
      called(),
      described,
      nominationsOpened(),
      revealed({ ...s8, paul: 'zoe' }),
      reasonsOpened,
      reason('zoe', 'ana'),
      changesOpened,
    ];
    given(election, ...named)
      .when(proposeNominee, { ...as('zoe'), ...naming, person: 'zoe' })
      .thenRefused('SELF_PROPOSED');
  });

  it('INV-65 is not by the incumbent whom somebody named', () =>
    given(election, ...zoeNamed)
      .when(proposeNominee, { ...as('zoe'), ...naming })
      .thenRefused('LEAD_IS_NOMINATED'));

  it('is by who took over', () => {
    given(election, ...zoeNamed, handedTo('luc', 'secretary'))
      .when(proposeNominee, { ...as('luc'), ...naming })
      .then(proposed('ana', 'luc'));
    given(election, ...zoeNamed, handedTo('luc', 'secretary'))
      .when(proposeNominee, { ...as('lise'), ...naming })
      .thenRefused('NOT_THE_LEAD');
  });

  it('may be by an expert to whom the lead was given: process only', () =>
    given(election, ...zoeNamed, handedTo('solange', 'expert'))
      .when(proposeNominee, { ...as('solange'), ...naming })
      .thenTypes('NomineeProposed'));

  it('happens in the circle’s open meeting', () =>
    given(election, ...upTo.changing)
      .when(proposeNominee, { ...as('zoe', { meeting: undefined }), ...naming })
      .thenRefused('MEETING_NOT_OPEN'));

  it('is of another name while objections are open, or after a no', () => {
    given(election, ...upTo.integrating)
      .when(proposeNominee, { ...as('zoe'), ...naming })
      .thenRefused('OBJECTIONS_OPEN');
    given(election, ...upTo.integrating)
      .when(proposeNominee, { ...as('zoe'), ...naming, person: 'ines' })
      .thenTypes('NomineeProposed');
    const declined: ElectionEvent = { type: 'NomineeDeclined', data: { by: 'ana', reason: 'Je pars en mer' } };
    given(election, ...upTo.integrating, declined)
      .when(proposeNominee, { ...as('zoe'), ...naming })
      .thenRefused('ALREADY_DECLINED');
    given(election, ...upTo.integrating, declined)
      .when(proposeNominee, { ...as('zoe'), ...naming, person: 'ines' })
      .thenTypes('NomineeProposed');
  });

  it('waits for the word of whom the circle consented to, unless they can no longer hold the office', () => {
    given(election, ...upTo.accepting)
      .when(proposeNominee, { ...as('zoe'), ...naming, person: 'ines' })
      .thenRefused('STILL_ELIGIBLE');
    given(election, ...upTo.accepting)
      .when(proposeNominee, { ...as('zoe', { circle: circleWithout('ana') }), ...naming, person: 'ines' })
      .thenTypes('NomineeProposed');
  });

  it('is not for another moment', () =>
    given(election, ...upTo.reasons)
      .when(proposeNominee, { ...as('zoe'), ...naming })
      .thenRefused('WRONG_PHASE'));
});

describe('handing over the lead', () => {
  it('goes to the secretary, then to the leader, of those present whom nobody named', () => {
    given(election, ...zoeNamed)
      .when(handOverLead, as('zoe'))
      .then(handedTo('luc', 'secretary'));
    given(election, ...zoeNamed)
      .when(handOverLead, as('zoe', { meeting: presentOnly('zoe', 'marc', 'ana') }))
      .then(handedTo('marc', 'leader'));
    const acting = { ...racines, holders: { facilitator: 'zoe' }, acting: { secretary: 'paul' } };
    given(election, ...zoeNamed)
      .when(handOverLead, as('zoe', { circle: acting }))
      .then(handedTo('paul', 'secretary'));
  });

  it('goes in that order', () =>
    given(election, ...zoeNamed)
      .when(handOverLead, { ...as('zoe'), to: 'marc' })
      .thenRefused('LEAD_GOES_IN_ORDER'));

  const few = { meeting: presentOnly('zoe', 'paul', 'ana') };
  it('then to the expert, or to a member present whom the circle chose', () => {
    given(election, ...zoeNamed)
      .when(handOverLead, as('zoe', few))
      .thenRefused('NOBODY_TO_LEAD');
    given(election, ...zoeNamed)
      .when(handOverLead, { ...as('zoe', few), to: 'solange' })
      .then(handedTo('solange', 'expert'));
    given(election, ...zoeNamed)
      .when(handOverLead, { ...as('zoe', few), to: 'paul' })
      .then(handedTo('paul', 'member'));
    given(election, ...zoeNamed)
      .when(handOverLead, { ...as('zoe', few), to: 'lise' })
      .thenRefused('LEAD_NOT_THERE');
  });

  it('INV-65 never goes to the nominee', () =>
    given(election, ...zoeNamed, handedTo('luc', 'secretary'), proposed('paul', 'luc'))
      .when(handOverLead, { ...as('luc', { meeting: presentOnly('luc', 'paul') }), to: 'paul' })
      .thenRefused('LEAD_IS_NOMINATED'));

  it('says in which phase', () =>
    given(election, ...upTo.proposed)
      .when(handOverLead, as('zoe'))
      .then(handedTo('luc', 'secretary', 'consent')));

  it('is the lead’s to give', () => {
    given(election, ...zoeNamed)
      .when(handOverLead, as('luc'))
      .thenRefused('NOT_THE_LEAD');
    given(election, ...zoeNamed)
      .when(handOverLead, { ...as('zoe', few), to: 'zoe' })
      .thenNothing();
    given(election, ...upTo.nominating)
      .when(handOverLead, as('zoe'))
      .thenRefused('WRONG_PHASE');
    given(election, ...zoeNamed)
      .when(handOverLead, as('zoe', { meeting: { ...meeting, open: false } }))
      .thenRefused('MEETING_NOT_OPEN');
  });
});

it('a name proposed after objections keeps nothing of the round before', () => {
  const { state } = given(
    election,
    ...upTo.proposed,
    roundOpened('ana'),
    ...members.filter((it) => it !== 'ana').map((by) => consent(by)),
    objection('ana'),
    closed(['o1']),
    proposed('ines'),
  );
  expect(state).not.toHaveProperty('objections');
});
