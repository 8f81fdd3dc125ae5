import {
  answered,
  bool,
  day,
  event,
  id,
  list,
  maybe,
  oneOf,
  record,
  text,
  whole,
  word,
  type Static,
} from '@app/kernel';
import { agreementActions } from './content.shape.js';
import { effectKinds } from './effect.js';
import { objectionKinds } from './objections.events.js';

/** The rule of presence and answers that a round is held by. */
export const roundRules = () =>
  record({
    absenceMode: oneOf(['AllRequired', 'Deferred', 'PresentOnly']),
    quorum: record({ numerator: whole(), denominator: whole(), minimum: whole() }),
    maxReviewMonths: whole(),
    review: maybe(record({ overdueDays: whole(), lapseDays: whole() })),
  });
export type RoundRules = Static<ReturnType<typeof roundRules>>;

/** Asking everybody, and what comes of it. */
export const consentRoundEvents = {
  ConsentRoundOpened: event({
    roundId: id(),
    version: whole(),
    /** Who owes an answer, in the order in which they are heard. */
    roster: list(id()),
    present: list(id()),
    quorum: whole(),
    rules: roundRules(),
    fundamental: bool(),
    facilitator: id(),
    secretary: id(),
    meetingId: id(),
    circleRevision: whole(),
    by: id(),
  }),
  ConsentGiven: event({
    roundId: id(),
    version: whole(),
    ...answered(),
    concern: maybe(text({ member: 'by' }, 4_000)),
  }),
  ObjectionRaised: event({
    objectionId: id(),
    roundId: id(),
    version: whole(),
    ...answered(),
    argument: text({ member: 'by' }, 8_000),
    affects: text({ member: 'by' }, 4_000),
    kind: oneOf(objectionKinds),
    remedy: maybe(text({ member: 'by' }, 4_000)),
  }),
  AnswerDisputed: event({ roundId: id(), by: id(), objectionId: maybe(id()) }),
  RosterReduced: event({ roundId: id(), left: list(id()), quorum: whole(), circleRevision: whole() }),
  ConsentRoundClosed: event({
    roundId: id(),
    version: whole(),
    outcome: oneOf(['consent', 'objections']),
    open: list(id()),
    answered: list(id()),
    quorum: whole(),
  }),
  ConsentRoundVoided: event({
    roundId: id(),
    version: whole(),
    cause: oneOf([
      'reviewDatePassed',
      'quorumLost',
      'circleChanged',
      'facilitatorUnavailable',
      'agreementChanged',
      'agreementEnded',
    ]),
  }),
  /** The text and the effect stand in the version; what the decision changes is read there. */
  DecisionReached: event({
    version: whole(),
    roundId: id(),
    agreementId: id(),
    rule: oneOf(['AllRequired', 'Deferred', 'PresentOnly']),
    fundamental: bool(),
    explicit: list(id()),
    silent: list(id()),
    unreached: list(id()),
    concerns: list(id()),
    orphaned: list(id()),
    setAside: maybe(list(id())),
    decidedOn: day(),
    effectKind: maybe(oneOf(effectKinds)),
    agreementAction: maybe(oneOf(agreementActions)),
  }),
  /** The target of the effect said no. `details` are numbers and ids. */
  EffectRefused: event({ code: word(60), details: list(word(200)) }),
};
