import type { ElectedOffice, ElectionEvent } from './election.events.js';
import { election, type Election } from './election.js';
import type { ElectingCircle, ElectingMeeting, Setting } from './setting.js';

/** Cercle Racines of method §11: seven members, quorum five; Solange is its expert. */
export const members = ['ana', 'marc', 'zoe', 'luc', 'lise', 'paul', 'ines'];
export const rules = {
  quorum: { numerator: 2, denominator: 3, minimum: 3 },
  terms: { warnMonths: 24 },
  elections: { changeToNamedOnly: true, showTally: false },
};
export const racines: ElectingCircle = {
  circleId: 'racines',
  communityId: 'solidarite',
  parentId: 'general',
  zone: 'America/Toronto',
  state: 'Active',
  revision: 20,
  accepted: true,
  convener: 'marc',
  members,
  holders: { leader: 'marc', facilitator: 'zoe', secretary: 'luc', secondLink: 'lise' },
  acting: {},
  experts: ['solange'],
  rules,
};
export const meeting: ElectingMeeting = { meetingId: 'm1', circleId: 'racines', open: true, present: members };

/** What surrounds an act of this person in a meeting where everybody is, unless said otherwise. */
export const as = (by: string, changes: Partial<Setting> = {}): Setting => ({
  by,
  now: '2027-05-27T23:00:00.000Z',
  circle: racines,
  meeting,
  officers: { facilitator: 'zoe', secretary: 'luc' },
  ...changes,
});
export const own = (of: string) => ({ of, channel: 'own' as const });
/** The circle without these people. */
export const circleWithout = (...left: string[]): ElectingCircle => ({
  ...racines,
  revision: 21,
  members: members.filter((member) => !left.includes(member)),
});
export const presentOnly = (...present: string[]): ElectingMeeting => ({ ...meeting, present });

export const to = { date: '2028-05-31', instant: '2028-06-01T03:59:59.999Z' };
export const term = { from: '2027-06-01', to };
export const electionRules = {
  absenceMode: 'AllRequired' as const,
  quorum: rules.quorum,
  changeToNamedOnly: true,
  showTally: false,
  warnMonths: 24,
};
const held = {
  present: members,
  quorum: 5,
  rules: electionRules,
  meetingId: 'm1',
  circleRevision: 20,
};

export const called = (office: ElectedOffice = 'secondLink'): ElectionEvent => ({
  type: 'ElectionCalled',
  data: {
    electionId: 'e1',
    circleId: 'racines',
    communityId: 'solidarite',
    office,
    seat: 1,
    cause: 'expiry',
    by: 'luc',
  },
});
export const described: ElectionEvent = {
  type: 'RoleDescribed',
  data: { duties: 'Porter la voix du cercle', qualities: 'Écoute', ...term, by: 'zoe', warnings: [] },
};
export const nominationsOpened = (lead = 'zoe', round = 1): ElectionEvent => ({
  type: 'NominationsOpened',
  data: { round, roster: members, keyId: `seal:e1:${round}`, lead, ...held, by: lead },
});
/** In these tests the envelope is paper and the ink is backwards. */
export const inked = (nominee: string): string => [...nominee].reverse().join('');
export const sealed = (by: string, nominee: string): ElectionEvent => ({
  type: 'NominationSealed',
  data: { round: 1, by, keyId: 'seal:e1:1', ciphertext: inked(nominee) },
});
export type Names = Readonly<Record<string, string>>;
/** Four named Inès, two Ana, one Paul (S8). */
export const s8: Names = {
  ana: 'ines',
  marc: 'ines',
  zoe: 'ana',
  luc: 'ines',
  lise: 'ana',
  paul: 'ines',
  ines: 'paul',
};
export const revealed = (names: Names = s8): ElectionEvent => ({
  type: 'NominationsRevealed',
  data: {
    round: 1,
    pairs: members.flatMap((by) => (names[by] === undefined ? [] : [{ by, nominee: names[by] }])),
    present: members,
    circleRevision: 20,
    by: 'zoe',
  },
});
export const reasonsOpened: ElectionEvent = { type: 'ReasonsOpened', data: { by: 'zoe', order: members } };
export const reason = (by: string, about: string): ElectionEvent => ({
  type: 'ReasonGiven',
  data: { reasonId: `r-${by}`, by, enteredBy: by, channel: 'own', about, text: 'Elle relie les gens' },
});
export const changesOpened: ElectionEvent = { type: 'ChangesOpened', data: { by: 'zoe' } };
export const proposed = (person: string, by = 'zoe'): ElectionEvent => ({
  type: 'NomineeProposed',
  data: { person, rationale: 'Les raisons se rejoignent', cites: ['r-zoe'], by },
});
export const roundOpened = (person: string, roundId = 'k1', lead = 'zoe'): ElectionEvent => ({
  type: 'ElectionConsentRoundOpened',
  data: {
    roundId,
    person,
    roster: [...members.filter((member) => member !== person), person],
    ...term,
    lead,
    ...held,
    by: lead,
  },
});
export const consent = (by: string, roundId = 'k1'): ElectionEvent => ({
  type: 'ElectionConsentGiven',
  data: { roundId, by, enteredBy: by, channel: 'own' },
});
export const objection = (by: string, objectionId = 'o1', roundId = 'k1'): ElectionEvent => ({
  type: 'ElectionObjectionRaised',
  data: { objectionId, roundId, by, enteredBy: by, channel: 'own', argument: 'Travail le soir jusqu’en septembre' },
});
export const closed = (open: string[] = [], answered = members, roundId = 'k1'): ElectionEvent => ({
  type: 'ElectionRoundClosed',
  data: { roundId, outcome: open.length === 0 ? 'consent' : 'objections', open, answered, quorum: 5 },
});

/** Histories up to a phase, with Ana as the person proposed for second link. */
export const upTo = {
  nominating: [called(), described, nominationsOpened()],
  revealed: [called(), described, nominationsOpened(), ...members.map((by) => sealed(by, s8[by]!)), revealed()],
  get reasons() {
    return [...this.revealed, reasonsOpened];
  },
  get changing() {
    return [...this.reasons, reason('zoe', 'ana'), reason('luc', 'ines'), changesOpened];
  },
  get proposed() {
    return [...this.changing, proposed('ana')];
  },
  get round() {
    return [...this.proposed, roundOpened('ana')];
  },
  /** Everybody but Ana has answered. */
  get anaLast() {
    return [...this.round, ...members.filter((member) => member !== 'ana').map((by) => consent(by))];
  },
  get accepting() {
    return [...this.anaLast, consent('ana'), closed([], [...members.filter((it) => it !== 'ana'), 'ana'])];
  },
  /** Luc and Ana object; Ana, the nominee, comes first. */
  get integrating() {
    const others = members.filter((member) => member !== 'ana' && member !== 'luc');
    const answers = [...others.map((by) => consent(by)), objection('luc', 'o1'), objection('ana', 'o2')];
    return [...this.round, ...answers, closed(['o2', 'o1'], [...others, 'luc', 'ana'])];
  },
};

/** An election that is played: every decision adds its facts. */
export class Play {
  readonly facts: ElectionEvent[] = [];
  state: Election = election.initial;

  does<I>(decision: (state: Election, input: I) => ElectionEvent[], input: I): this {
    const facts = decision(this.state, input);
    this.facts.push(...facts);
    this.state = facts.reduce(election.evolve, this.state);
    return this;
  }

  last(): ElectionEvent | undefined {
    return this.facts.at(-1);
  }
}
