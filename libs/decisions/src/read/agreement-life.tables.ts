import { int, maybeInt, maybeText, personal, type RowOf, table, text } from '@app/read-store';

/** When time changes what an agreement is: the day begins in its circle's zone. */
export const agreementTurnTable = table(
  'agreement_turn',
  { agreementId: text(), turn: text(), communityId: text(), version: int(), at: text() },
  { key: ['agreementId', 'turn'], indexes: [['at']] },
);

/** What happened to an agreement, in order. */
export const agreementMomentTable = table(
  'agreement_moment',
  {
    momentId: text(),
    agreementId: text(),
    circleId: text(),
    kind: text(),
    version: maybeInt(),
    /** The day from which it counts. */
    day: maybeText(),
    by: maybeText(),
    text: personal('by'),
    happenedAt: text(),
    position: text(),
  },
  { key: ['momentId'], indexes: [['agreementId', 'position']] },
);

export type AgreementTurnRow = RowOf<typeof agreementTurnTable>;
export type AgreementMomentRow = RowOf<typeof agreementMomentTable>;
