import { bool, int, json, maybeJson, maybeText, type RowOf, table, text } from '@app/read-store';
import type { Effect } from '../domain/effect.js';

/** An agreement, with the whole text that was consented to last. What it is at a moment is told by its days, and by what ended it. */
export const agreementTable = table(
  'agreement',
  {
    agreementId: text(),
    circleId: text(),
    communityId: text(),
    proposalId: text(),
    version: int(),
    /** InForce, Repealed or Superseded: what decisions made of it. */
    state: text(),
    title: maybeText(),
    text: maybeText(),
    need: maybeText(),
    example: maybeText(),
    responsible: maybeText(),
    domainItemId: maybeText(),
    measures: json<(string | null)[]>(),
    resources: maybeText(),
    effect: maybeJson<Effect>(),
    concerns: json<{ by: string; roundId: string }[]>(),
    decidedOn: text(),
    effectiveFrom: text(),
    reviewOn: text(),
    expiresOn: maybeText(),
    onMissedReview: text(),
    zone: text(),
    overdueOn: text(),
    lapsesOn: maybeText(),
    /** The agreement it took the place of. */
    supersedes: maybeText(),
    supersededBy: maybeText(),
    endedOn: maybeText(),
    endedBy: maybeText(),
    position: text(),
  },
  { key: ['agreementId'], indexes: [['circleId', 'position'], ['proposalId']] },
);

/** The circle's numbered memory; the entry says about what, and the rest is joined. */
export const logEntryTable = table(
  'log_entry',
  {
    circleId: text(),
    year: int(),
    number: int(),
    communityId: text(),
    subjectKind: text(),
    subjectId: text(),
    agreementId: maybeText(),
    date: text(),
    writtenAt: text(),
  },
  { key: ['circleId', 'year', 'number'], indexes: [['subjectId']] },
);

/**
 * What a person owes to a proposal, or may come to owe: `due` says whether they do now.
 * answer: to the round `subject` · reaction: to the proposal · settleText: the author changes the text or keeps it · confirmVersion: the
 * author's word on another hand's version · confirmResolved: the objector's, on the objection `subject` · effectRefused: what was decided
 * could not be done, and its author and facilitator see to it.
 */
export const waitingTable = table(
  'waiting_decision',
  {
    memberId: text(),
    kind: text(),
    subject: text(),
    /** As what they owe it: member, author, objector or facilitator. */
    role: text(),
    /** In an answer row: the objection they answered with. */
    objectionId: maybeText(),
    proposalId: text(),
    circleId: text(),
    communityId: text(),
    due: bool(),
    since: text(),
    position: text(),
  },
  {
    key: ['memberId', 'kind', 'subject'],
    indexes: [['memberId', 'position'], ['proposalId', 'kind'], ['subject']],
  },
);

/** What each version of an agreement said, and the proposal that made it so. */
export const agreementVersionTable = table(
  'agreement_version',
  {
    agreementId: text(),
    version: int(),
    /** tookEffect, renewed or amended. */
    how: text(),
    proposalId: text(),
    circleId: text(),
    title: maybeText(),
    text: maybeText(),
    responsible: maybeText(),
    measures: json<(string | null)[]>(),
    concerns: json<{ by: string; roundId: string }[]>(),
    decidedOn: text(),
    effectiveFrom: text(),
    reviewOn: text(),
    expiresOn: maybeText(),
    onMissedReview: text(),
  },
  { key: ['agreementId', 'version'] },
);

export type AgreementVersionRow = RowOf<typeof agreementVersionTable>;
export type AgreementRow = RowOf<typeof agreementTable>;
export type LogEntryRow = RowOf<typeof logEntryTable>;
export type WaitingRow = RowOf<typeof waitingTable>;
