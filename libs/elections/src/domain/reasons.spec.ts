import { given } from '@app/kernel/testing';
import { election } from './election.js';
import type { ElectionEvent } from './election.events.js';
import {
  as,
  called,
  changesOpened,
  circleWithout,
  described,
  members,
  nominationsOpened,
  own,
  presentOnly,
  reason,
  reasonsOpened,
  revealed,
  s8,
  upTo,
} from './racines.fixture.js';
import { changeNomination, giveReason, openChanges, openReasons } from './reasons.js';

const said = { reasonId: 'r-paul', text: 'Elle relie les gens' };
const changing = [...upTo.reasons, reason('zoe', 'ana'), changesOpened];
const change = { reasonId: 'c-paul', to: 'ana', reason: 'J’ai entendu Zoé' };
const changed = (
  by: string,
  to: string,
  enteredBy = by,
  channel: 'own' | 'voice' | 'paper' = 'own',
): ElectionEvent => ({
  type: 'NominationChanged',
  data: { reasonId: `c-${by}`, by, enteredBy, channel, from: s8[by]!, to, reason: change.reason },
});

describe('the reasons', () => {
  it('are opened by the lead, in the order of the roster', () => {
    given(election, ...upTo.revealed)
      .when(openReasons, as('zoe'))
      .then(reasonsOpened);
    given(election, ...upTo.revealed)
      .when(openReasons, as('paul'))
      .thenRefused('NOT_THE_LEAD');
    given(election, ...upTo.reasons)
      .when(openReasons, as('zoe'))
      .thenRefused('WRONG_PHASE');
  });

  it('are given by each nominator about whom they named', () =>
    given(election, ...upTo.reasons)
      .when(giveReason, { ...as('paul'), voice: own('paul'), ...said })
      .then(reason('paul', 'ines')));

  it('are given once; the same one twice changes nothing', () => {
    const history = [...upTo.reasons, reason('paul', 'ines')];
    given(election, ...history)
      .when(giveReason, { ...as('paul'), voice: own('paul'), ...said })
      .thenNothing();
    given(election, ...history)
      .when(giveReason, { ...as('paul'), voice: own('paul'), ...said, reasonId: 'r2' })
      .thenRefused('REASON_ALREADY_GIVEN');
  });

  it('say something', () =>
    given(election, ...upTo.reasons)
      .when(giveReason, { ...as('paul'), voice: own('paul'), ...said, text: '  ' })
      .thenRefused('TEXT_EMPTY'));

  it('come from who nominated, and is a member still', () => {
    const { paul: _, ...others } = s8;
    given(election, called(), described, nominationsOpened(), revealed(others), reasonsOpened)
      .when(giveReason, { ...as('paul'), voice: own('paul'), ...said })
      .thenRefused('DID_NOT_NOMINATE');
    given(election, ...upTo.reasons)
      .when(giveReason, { ...as('paul', { circle: circleWithout('paul') }), voice: own('paul'), ...said })
      .thenRefused('NOT_A_MEMBER');
  });

  it('spoken by somebody present are entered by the facilitator or the secretary', () =>
    given(election, ...upTo.reasons)
      .when(giveReason, { ...as('luc'), voice: { of: 'paul', channel: 'voice' }, ...said })
      .then({
        type: 'ReasonGiven',
        data: { reasonId: 'r-paul', by: 'paul', enteredBy: 'luc', channel: 'voice', about: 'ines', text: said.text },
      }));

  it('INV-44 are given for nobody else', () => {
    given(election, ...upTo.reasons)
      .when(giveReason, { ...as('ana'), voice: { of: 'paul', channel: 'voice' }, ...said })
      .thenRefused('NO_PROXY');
    given(election, ...upTo.reasons)
      .when(giveReason, {
        ...as('luc', { meeting: presentOnly('luc') }),
        voice: { of: 'paul', channel: 'voice' },
        ...said,
      })
      .thenRefused('NOT_PRESENT');
    given(election, ...upTo.reasons)
      .when(giveReason, { ...as('luc'), voice: { of: 'paul', channel: 'own' }, ...said })
      .thenRefused('CHANNEL_MISMATCH');
  });
});

describe('the change round', () => {
  it('is opened by the lead after at least one reason', () => {
    given(election, ...upTo.reasons, reason('zoe', 'ana'))
      .when(openChanges, as('zoe'))
      .then(changesOpened);
    given(election, ...upTo.reasons)
      .when(openChanges, as('zoe'))
      .thenRefused('NO_REASON_YET');
    given(election, ...upTo.reasons, reason('zoe', 'ana'))
      .when(openChanges, as('ana'))
      .thenRefused('NOT_THE_LEAD');
  });

  it('moves a nomination, with a reason that can be cited', () => {
    given(election, ...changing)
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change })
      .then(changed('paul', 'ana'));
    const { state } = given(election, ...changing, changed('paul', 'ana'));
    expect(state.phase === 'Changing' && state.reasons.at(-1)).toEqual({
      reasonId: 'c-paul',
      by: 'paul',
      about: 'ana',
    });
  });

  it('takes the word of somebody present', () =>
    given(election, ...changing)
      .when(changeNomination, { ...as('zoe'), voice: { of: 'paul', channel: 'paper' }, ...change })
      .then(changed('paul', 'ana', 'zoe', 'paper')));

  it('INV-44 takes nobody’s word for another', () =>
    given(election, ...changing)
      .when(changeNomination, { ...as('ana'), voice: { of: 'paul', channel: 'voice' }, ...change })
      .thenRefused('NO_PROXY'));

  it('moves each nomination once; the same change twice is one', () => {
    given(election, ...changing, changed('paul', 'ana'))
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change, reasonId: 'c2', to: 'ines' })
      .thenRefused('ALREADY_CHANGED');
    given(election, ...changing, changed('paul', 'ana'))
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change })
      .thenNothing();
  });

  it('moves it to another name, with a reason', () => {
    given(election, ...changing)
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change, to: 'ines' })
      .thenRefused('SAME_NAME');
    given(election, ...changing)
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change, reason: '' })
      .thenRefused('TEXT_EMPTY');
  });

  it('moves it to a name on the board, where the rules say so', () =>
    given(election, ...changing)
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change, to: 'luc' })
      .thenRefused('NAME_NOT_ON_THE_BOARD'));

  const free = nominationsOpened();
  if (free.type === 'NominationsOpened') free.data.rules = { ...free.data.rules, changeToNamedOnly: false };
  const freely = [called(), described, free, revealed(), reasonsOpened, reason('zoe', 'ana'), changesOpened];

  it('INV-62 moves it to nobody who cannot hold the office', () => {
    given(election, ...freely)
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change, to: 'marc' })
      .thenRefused('NOT_ELIGIBLE');
    given(election, ...freely)
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change, to: 'outside' })
      .then(changed('paul', 'outside'));
  });

  it('passes the proposing phase on when the incumbent who leads is named only now', () => {
    const history = [called('facilitator'), ...freely.slice(1)];
    given(election, ...history)
      .when(changeNomination, { ...as('paul'), voice: own('paul'), ...change, to: 'zoe' })
      .then(changed('paul', 'zoe'), {
        type: 'ElectionLeadHandedOver',
        data: { from: 'zoe', to: 'luc', phase: 'proposing', order: 'secretary' },
      });
  });

  it('is for members', () =>
    given(election, ...changing)
      .when(changeNomination, { ...as('paul', { circle: circleWithout('paul') }), voice: own('paul'), ...change })
      .thenRefused('NOT_A_MEMBER'));
});

it('the board shows nobody twice', () => {
  const { state } = given(election, ...upTo.revealed);
  expect(state.phase === 'Revealed' && state.named).toEqual(['ines', 'ana', 'paul']);
  expect(members).toHaveLength(7);
});
