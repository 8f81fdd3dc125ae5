import { catalogue, day, event, type FactOf, id, list, maybe, oneOf, record, text, whole } from '@app/kernel';
import { content, missedReviews } from './proposal.events.js';

/** Everything that can happen to a decision in force. Stream `agreement-<agreementId>`. */
export const agreementEvents = catalogue('agreement', {
  AgreementTookEffect: event({
    agreementId: id(),
    circleId: id(),
    communityId: id(),
    proposalId: id(),
    version: whole(),
    content: content(),
    concerns: list(record({ by: id(), roundId: id() })),
    decidedOn: day(),
    effectiveFrom: day(),
    reviewOn: day(),
    expiresOn: maybe(day()),
    onMissedReview: oneOf(missedReviews),
  }),
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
