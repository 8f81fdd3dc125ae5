import { catalogue, day, event, type FactOf, id, list, maybe, oneOf, record, text, whole, word } from '@app/kernel';

import { agreementTimeEvents } from './agreement-time.events.js';
import { content, missedReviews } from './proposal.events.js';

/** What a version of an agreement says and when it is looked at again. */
const terms = () => ({
  proposalId: id(),
  version: whole(),
  content: content(),
  concerns: list(record({ by: id(), roundId: id() })),
  decidedOn: day(),
  effectiveFrom: day(),
  reviewOn: day(),
  expiresOn: maybe(day()),
  onMissedReview: oneOf(missedReviews),
  /** The days that follow from these by the rules it was decided under, in the circle's zone; without it, those of the method, in UTC. */
  calendar: maybe(record({ zone: word(60), overdueOn: day(), lapsesOn: maybe(day()) })),
  /** Members who took no part in a decision of those present: they may ask for an early review. */
  absent: maybe(list(id())),
});

/** The next version of an agreement, by a decision taken on the one before: `version` is the agreement's own, `decided` the proposal's. */
const nextVersion = () => event({ base: whole(), decided: whole(), ...terms() });
const ending = { base: whole(), proposalId: id(), decided: whole(), effectiveOn: day() };

/** Everything that can happen to a decision in force. Stream `agreement-<agreementId>`. */
export const agreementEvents = catalogue('agreement', {
  AgreementTookEffect: event({ agreementId: id(), circleId: id(), communityId: id(), ...terms() }),
  AgreementRenewed: nextVersion(),
  AgreementAmended: nextVersion(),
  AgreementRepealed: event(ending),
  AgreementSuperseded: event({ ...ending, supersededBy: id() }),
  ...agreementTimeEvents,
});
export type AgreementEvent = FactOf<typeof agreementEvents>;

/** The numbered memory of a circle. Stream `logbook-<circleId>`; entries are only ever added (INV-52). */
export const logbookEvents = catalogue('logbook', {
  LogEntryWritten: event({
    circleId: id(),
    communityId: id(),
    year: whole(),
    number: whole(),
    subject: record({ kind: oneOf(['decision', 'election']), id: id() }),
    agreementId: maybe(id()),
    date: day(),
  }),
  LogCorrectionAppended: event({
    refersTo: record({ year: whole(), number: whole() }),
    text: text('circle', 4_000),
    by: id(),
  }),
});
export type LogbookEvent = FactOf<typeof logbookEvents>;
