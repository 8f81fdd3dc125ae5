import { refusalOf } from '@app/kernel/testing';
import { acceptOffice, declineOffice } from './accepting.js';
import { callElection, describeRole } from './calling.js';
import { giveElectionConsent, openElectionConsent, raiseElectionObjection } from './consent.js';
import type { ElectedOffice } from './election.events.js';
import { confirmElectionIntegration, proposeElectionIntegration } from './integrating.js';
import { nominate, openNominations, revealNominations } from './nominations.js';
import { proposeNominee } from './proposing.js';
import { as, inked, members, type Names, own, Play, s8 } from './racines.fixture.js';
import { giveReason, openChanges, openReasons } from './reasons.js';

const paper = (nominee: string) => ({ nominee, sealed: { keyId: 'seal:e1:1', ciphertext: inked(nominee) } });
const unseal = (_: string, ciphertext: string) => inked(ciphertext);
const role = { duties: 'Les rondes', qualities: 'L’écoute', from: '2027-06-01', to: '2028-05-31' };

function begun(office: ElectedOffice): Play {
  return new Play()
    .does(callElection, { ...as('luc'), electionId: 'e1', office, seat: 1, cause: 'expiry' as const })
    .does(describeRole, { ...as('zoe'), ...role })
    .does(openNominations, as('zoe'));
}

function nominated(play: Play, names: Names): Play {
  for (const by of members) play.does(nominate, { ...as(by), ...paper(names[by]!) });
  return play;
}

/** Opened together, reasons heard, nothing changed. */
function heard(play: Play): Play {
  play.does(revealNominations, { ...as('zoe'), unseal }).does(openReasons, as('zoe'));
  for (const by of members) {
    play.does(giveReason, { ...as(by), voice: own(by), reasonId: `r-${by}`, text: 'Parce que' });
  }
  return play.does(openChanges, as('zoe'));
}

function consenting(play: Play, roundId: string, ...people: string[]): Play {
  for (const by of people) play.does(giveElectionConsent, { ...as(by), voice: own(by), roundId });
  return play;
}

describe('S6 the nominee objects', () => {
  const others = members.filter((member) => member !== 'ines');
  const objecting = (): Play => {
    const play = heard(nominated(begun('secretary'), { ...s8, luc: 'paul' }));
    play.does(proposeNominee, {
      ...as('zoe'),
      person: 'ines',
      rationale: 'Trois raisons',
      cites: ['r-ana', 'r-marc', 'r-paul'],
    });
    play.does(openElectionConsent, { ...as('zoe'), roundId: 'k1' });
    consenting(play, 'k1', ...others);
    const argument = 'Travail du soir jusqu’en septembre';
    return play.does(raiseElectionObjection, {
      ...as('ines'),
      voice: own('ines'),
      roundId: 'k1',
      objectionId: 'o1',
      argument,
    });
  };

  it('is integrated by a later start; a new round, Inès last; she is elected', () => {
    const play = objecting();
    expect(play.last()).toMatchObject({ type: 'ElectionRoundClosed', data: { outcome: 'objections', open: ['o1'] } });
    const later = { option: 'term' as const, text: 'Commencer le 15 septembre', from: '2027-09-15', to: '2028-05-31' };
    play
      .does(proposeElectionIntegration, { ...as('zoe'), objectionId: 'o1', integrationId: 'i1', ...later })
      .does(confirmElectionIntegration, { ...as('ines'), objectionId: 'o1', integrationId: 'i1' })
      .does(openElectionConsent, { ...as('zoe'), roundId: 'k2' });
    consenting(play, 'k2', ...others, 'ines').does(acceptOffice, as('ines'));
    expect(play.last()).toMatchObject({ type: 'OfficerElected', data: { person: 'ines', from: '2027-09-15' } });
  });

  it('or upheld: another of the names is proposed and Inès is never seated', () => {
    const play = objecting().does(declineOffice, { ...as('ines'), reason: 'Pas avant septembre' });
    const again = { ...as('zoe'), rationale: 'Il tient bien les notes', cites: ['r-luc'] };
    expect(refusalOf(() => proposeNominee(play.state, { ...again, person: 'ines' })).code).toBe('ALREADY_DECLINED');
    play.does(proposeNominee, { ...again, person: 'paul' });
    expect(refusalOf(() => acceptOffice(play.state, as('ines'))).code).toBe('WRONG_PHASE');
    expect(play.facts.some(({ type }) => type === 'OfficerElected')).toBe(false);
  });
});

describe('S7 wrong order and self-proposal', () => {
  const names = { ...s8, paul: 'zoe', ines: 'zoe' };

  it('INV-60 before the reveal the stream holds nobody’s name', () => {
    const play = nominated(begun('facilitator'), names);
    const sealedOnes = play.facts.filter(({ type }) => type === 'NominationSealed');
    expect(sealedOnes).toHaveLength(7);
    for (const { data } of sealedOnes) expect(Object.keys(data)).toEqual(['round', 'by', 'keyId', 'ciphertext']);
    expect(play.state).not.toHaveProperty('pairs');
  });

  it('INV-65 Zoé, incumbent and nominated by two, may not propose Zoé; the lead passes to Luc', () => {
    const play = heard(nominated(begun('facilitator'), names));
    const zoeProposes = (person: string) =>
      refusalOf(() =>
        proposeNominee(play.state, { ...as('zoe'), person, rationale: 'Je suis prête', cites: ['r-paul'] }),
      ).code;
    expect(zoeProposes('zoe')).toBe('SELF_PROPOSED');
    expect(zoeProposes('ana')).toBe('LEAD_IS_NOMINATED');
    expect(play.facts).toContainEqual({
      type: 'ElectionLeadHandedOver',
      data: { from: 'zoe', to: 'luc', phase: 'proposing', order: 'secretary' },
    });
    play.does(proposeNominee, { ...as('luc'), person: 'zoe', rationale: 'Deux raisons', cites: ['r-paul', 'r-ines'] });
    expect(play.last()).toMatchObject({ type: 'NomineeProposed', data: { person: 'zoe', by: 'luc' } });
  });

  it('INV-64 the proposed Zoé may not answer before Paul and Ana', () => {
    const play = heard(nominated(begun('facilitator'), names))
      .does(proposeNominee, { ...as('luc'), person: 'zoe', rationale: 'Deux raisons', cites: ['r-paul'] })
      .does(openElectionConsent, { ...as('luc'), roundId: 'k1' });
    consenting(play, 'k1', 'marc', 'luc', 'lise', 'ines');
    const zoe = { ...as('zoe'), voice: own('zoe'), roundId: 'k1' };
    expect(refusalOf(() => giveElectionConsent(play.state, zoe)).code).toBe('NOMINEE_ANSWERS_LAST');
    consenting(play, 'k1', 'paul', 'ana', 'zoe').does(acceptOffice, as('zoe'));
    expect(play.last()?.type).toBe('OfficerElected');
  });
});

describe('S8 the second link cannot be the chef', () => {
  it('INV-12 INV-62 INV-63 Marc is refused twice; Ana is proposed on the reasons and elected, last to answer', () => {
    const play = begun('secondLink');
    const marc = refusalOf(() => nominate(play.state, { ...as('paul'), ...paper('marc') }));
    expect([marc.code, marc.details]).toEqual(['NOT_ELIGIBLE', {}]);
    expect(play.facts.filter(({ type }) => type === 'NominationSealed')).toEqual([]);
    heard(nominated(play, s8));
    const propose = (person: string) => ({
      ...as('zoe'),
      person,
      rationale: 'Elle relie deux cercles',
      cites: ['r-zoe', 'r-lise'],
    });
    expect(refusalOf(() => proposeNominee(play.state, propose('marc'))).code).toBe('NOT_NOMINATED');
    play.does(proposeNominee, propose('ana')).does(openElectionConsent, { ...as('zoe'), roundId: 'k1' });
    consenting(play, 'k1', ...members.filter((it) => it !== 'ana'), 'ana').does(acceptOffice, as('ana'));
    expect(play.last()).toMatchObject({
      type: 'OfficerElected',
      data: {
        person: 'ana',
        office: 'secondLink',
        electedOn: '2027-05-27',
        explicit: [...members.filter((it) => it !== 'ana'), 'ana'],
      },
    });
  });

  it('INV-63 no fact and no state counts names', () => {
    const play = heard(nominated(begun('secondLink'), s8));
    const numbers = (value: unknown): string[] =>
      value !== null && typeof value === 'object'
        ? Object.entries(value).flatMap(([key, it]) => (typeof it === 'number' ? [key] : numbers(it)))
        : [];
    const allowed = ['seat', 'round', 'quorum', 'circleRevision', 'numerator', 'denominator', 'minimum', 'warnMonths'];
    expect(new Set([...numbers(play.facts), ...numbers(play.state)].filter((key) => !allowed.includes(key)))).toEqual(
      new Set(),
    );
  });
});
