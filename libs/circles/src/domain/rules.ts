import { bool, oneOf, record, type Static, whole } from '@app/kernel';

export const absenceModes = ['AllRequired', 'Deferred', 'PresentOnly'] as const;
export const asyncModes = ['Explicit', 'SilenceAfterNotice'] as const;
export const categories = ['general', 'practice', 'department', 'top'] as const;
export const offices = ['leader', 'facilitator', 'secretary', 'secondLink'] as const;
export type Office = (typeof offices)[number];
export type Category = (typeof categories)[number];

/** The rules a circle lives by, in full: whatever they are worth later, an event that carries them can be read alone. Days unless said. */
export const circleRules = () =>
  record({
    absenceMode: oneOf(absenceModes),
    asyncMode: oneOf(asyncModes),
    quorum: record({ numerator: whole(), denominator: whole(), minimum: whole() }),
    review: record({ maxMonths: whole(), warnMonths: whole(), overdueDays: whole(), lapseDays: whole() }),
    sizes: record({
      activation: whole(),
      vacantTo: whole(),
      underTo: whole(),
      targetFrom: whole(),
      targetTo: whole(),
      limit: whole(),
      planDueDays: whole(),
      recruitDays: whole(),
    }),
    meetings: record({ minimumPerYear: whole(), noticeDays: whole(), shortNoticeHours: whole(), itemMinutes: whole() }),
    terms: record({
      defaultMonths: whole(),
      warnMonths: whole(),
      noticeDays: whole(),
      caretakerOfficerDays: whole(),
      caretakerLinkDays: whole(),
      actingDays: whole(),
      linkVacancyDays: whole(),
    }),
    rounds: record({
      suspendedDays: whole(),
      unreachedDays: whole(),
      reminders: whole(),
      integrationDays: whole(),
      setAsideMinimum: whole(),
      deadlockRounds: whole(),
      deadlockMeetings: whole(),
    }),
    elections: record({ changeToNamedOnly: bool(), showTally: bool(), reconsiderDays: whole() }),
    windows: record({
      clarify: whole(),
      react: whole(),
      consent: whole(),
      absent: whole(),
      nominate: whole(),
      reasons: whole(),
      change: whole(),
      electionConsent: whole(),
    }),
  });
export type CircleRules = Static<ReturnType<typeof circleRules>>;

/** What the founder of a community may start from: the method's own figures (method §2.2, §2.6, §3.4, §3.8, §3.10, §4.3, §5). Written in full into `CircleProposed`. */
export const methodRules: CircleRules = {
  absenceMode: 'AllRequired',
  asyncMode: 'Explicit',
  quorum: { numerator: 2, denominator: 3, minimum: 3 },
  review: { maxMonths: 24, warnMonths: 12, overdueDays: 30, lapseDays: 60 },
  sizes: {
    activation: 5,
    vacantTo: 2,
    underTo: 4,
    targetFrom: 6,
    targetTo: 8,
    limit: 10,
    planDueDays: 60,
    recruitDays: 90,
  },
  meetings: { minimumPerYear: 6, noticeDays: 7, shortNoticeHours: 48, itemMinutes: 30 },
  terms: {
    defaultMonths: 12,
    warnMonths: 24,
    noticeDays: 30,
    caretakerOfficerDays: 30,
    caretakerLinkDays: 60,
    actingDays: 60,
    linkVacancyDays: 60,
  },
  rounds: {
    suspendedDays: 60,
    unreachedDays: 14,
    reminders: 2,
    integrationDays: 7,
    setAsideMinimum: 3,
    deadlockRounds: 3,
    deadlockMeetings: 2,
  },
  elections: { changeToNamedOnly: true, showTally: false, reconsiderDays: 7 },
  windows: { clarify: 3, react: 3, consent: 5, absent: 7, nominate: 5, reasons: 3, change: 3, electionConsent: 5 },
};

/** What the founder of a community may start from: how often the ledger is sealed. Written in full into `CommunityFounded`. */
export const communitySettings = { sealEveryEvents: 100, sealEveryMinutes: 60 };
