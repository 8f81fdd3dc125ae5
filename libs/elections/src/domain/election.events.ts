import {
  answered,
  bool,
  catalogue,
  day,
  deadline,
  event,
  type FactOf,
  id,
  list,
  maybe,
  oneOf,
  record,
  sealed,
  type Static,
  text,
  whole,
  word,
} from '@app/kernel';

export const electedOffices = ['leader', 'facilitator', 'secretary', 'secondLink'] as const;
export type ElectedOffice = (typeof electedOffices)[number];
export const electionIntegrations = ['term', 'duties', 'support', 'pairing'] as const;

export const electionRules = () =>
  record({
    absenceMode: oneOf(['AllRequired', 'Deferred', 'PresentOnly']),
    quorum: record({ numerator: whole(), denominator: whole(), minimum: whole() }),
    changeToNamedOnly: bool(),
    showTally: bool(),
    warnMonths: whole(),
  });
export type ElectionRules = Static<ReturnType<typeof electionRules>>;

const held = () => ({
  present: list(id()),
  quorum: whole(),
  rules: electionRules(),
  meetingId: id(),
  circleRevision: whole(),
  by: id(),
});

/** Everything that can happen in one election without candidates. Stream `election-<electionId>`. */
export const electionEvents = catalogue('election', {
  ElectionCalled: event({
    electionId: id(),
    circleId: id(),
    communityId: id(),
    office: oneOf(electedOffices),
    seat: whole(),
    cause: oneOf(['new', 'expiry', 'vacancy']),
    by: id(),
  }),
  RoleDescribed: event({
    duties: text('circle', 4_000),
    qualities: text('circle', 4_000),
    from: day(),
    to: deadline(),
    by: id(),
    warnings: list(word(60)),
  }),
  NominationsOpened: event({ round: whole(), roster: list(id()), keyId: id(), lead: id(), ...held() }),
  /** Who sealed, never whom they named: the ciphertext has one length whatever is in it (INV-60). */
  NominationSealed: event({ round: whole(), by: id(), keyId: id(), ciphertext: sealed() }),
  /** `nominee` is a member id, or `outside` for an outside search. */
  NominationsRevealed: event({
    round: whole(),
    pairs: list(record({ by: id(), nominee: id() })),
    present: list(id()),
    circleRevision: whole(),
    by: id(),
  }),
  ReasonsOpened: event({ by: id(), order: list(id()) }),
  ReasonGiven: event({ reasonId: id(), ...answered(), about: id(), text: text({ member: 'by' }, 4_000) }),
  ChangesOpened: event({ by: id() }),
  NominationChanged: event({
    reasonId: id(),
    ...answered(),
    from: id(),
    to: id(),
    reason: text({ member: 'by' }, 4_000),
  }),
  ElectionLeadHandedOver: event({
    from: id(),
    to: id(),
    phase: oneOf(['proposing', 'consent']),
    order: oneOf(['secretary', 'leader', 'expert', 'member']),
  }),
  NomineeProposed: event({ person: id(), rationale: text({ member: 'by' }, 4_000), cites: list(id()), by: id() }),
  ElectionConsentRoundOpened: event({
    roundId: id(),
    person: id(),
    /** The nominee is last (INV-64). */
    roster: list(id()),
    from: day(),
    to: deadline(),
    lead: id(),
    ...held(),
  }),
  ElectionConsentGiven: event({ roundId: id(), ...answered(), concern: maybe(text({ member: 'by' }, 4_000)) }),
  ElectionObjectionRaised: event({
    objectionId: id(),
    roundId: id(),
    ...answered(),
    argument: text({ member: 'by' }, 8_000),
  }),
  ElectionAnswerDisputed: event({ roundId: id(), by: id(), objectionId: maybe(id()) }),
  ElectionRosterReduced: event({
    phase: oneOf(['nominating', 'consent']),
    left: list(id()),
    quorum: whole(),
    circleRevision: whole(),
  }),
  ElectionRoundClosed: event({
    roundId: id(),
    outcome: oneOf(['consent', 'objections']),
    open: list(id()),
    answered: list(id()),
    quorum: whole(),
  }),
  ElectionIntegrationProposed: event({
    objectionId: id(),
    integrationId: id(),
    option: oneOf(electionIntegrations),
    text: text({ member: 'by' }, 4_000),
    duties: maybe(text('circle', 4_000)),
    from: maybe(day()),
    to: maybe(deadline()),
    by: id(),
  }),
  /** The objector's own word (INV-45); `integrationId` is the offer that satisfied them, and whose dates the term takes. */
  ElectionObjectionIntegrated: event({ objectionId: id(), integrationId: maybe(id()), by: id() }),
  ElectionObjectionAdopted: event({
    objectionId: id(),
    from: id(),
    by: id(),
    argument: text({ member: 'by' }, 8_000),
  }),
  ElectionObjectionOrphaned: event({ objectionId: id(), cause: oneOf(['authorLeft']) }),
  NomineeAccepted: event({ by: id() }),
  NomineeDeclined: event({ by: id(), reason: text({ member: 'by' }, 4_000) }),
  OfficerElected: event({
    person: id(),
    office: oneOf(electedOffices),
    seat: whole(),
    from: day(),
    to: deadline(),
    roundId: id(),
    explicit: list(id()),
    circleRevision: whole(),
    electedOn: day(),
  }),
  /** The circle said no to the term. `details` are numbers and ids. */
  EffectRefused: event({ code: word(60), details: list(word(200)) }),
  /** `round`: the nominations that stay sealed for ever, their key being destroyed. */
  ElectionCancelled: event({ round: maybe(whole()), by: id(), reason: text({ member: 'by' }, 4_000) }),
});
export type ElectionEvent = FactOf<typeof electionEvents>;
