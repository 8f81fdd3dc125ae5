import { idOf, type Recorded, type RecordedOf, startOf } from '@app/kernel';
import { type Projection, projection, type Rows } from '@app/read-store';
import type { AgreementEvent } from '../domain/agreement.events.js';
import { announcementsOf, turnsOf } from '../domain/agreement-time.js';
import { type AgreementMomentRow, agreementMomentTable, agreementTurnTable } from './agreement-life.tables.js';

type Of<T extends AgreementEvent['type']> = RecordedOf<AgreementEvent, T>;
type Handler<T extends AgreementEvent['type']> = (fact: Of<T>, rows: Rows) => void;
type Versioned = Of<'AgreementTookEffect' | 'AgreementRenewed' | 'AgreementAmended'>;

function turns({ data, stream, meta }: Versioned, rows: Rows): void {
  const agreementId = idOf(stream);
  const { version, reviewOn, expiresOn, onMissedReview, calendar } = data;
  const days = calendar ?? turnsOf({ reviewOn, expiresOn, onMissedReview });
  const zone = calendar?.zone ?? 'UTC';
  rows.deleteWhere(agreementTurnTable, { agreementId });
  for (const { type: turn, on } of announcementsOf({ ...days, reviewOn }))
    rows.put(agreementTurnTable, { agreementId, turn, communityId: meta.community, version, at: startOf(on, zone) });
}

const turned = ({ stream, type: turn }: Recorded, rows: Rows): void =>
  rows.delete(agreementTurnTable, { agreementId: idOf(stream), turn });
const over = ({ stream }: Recorded, rows: Rows): void =>
  rows.deleteWhere(agreementTurnTable, { agreementId: idOf(stream) });

/** What will fall due: laid down with each version, taken away when it is announced or does not matter any more. */
export const agreementTurns: Projection = projection<AgreementEvent>({
  name: 'agreement_turns',
  version: 1,
  tables: [agreementTurnTable],
  on: {
    AgreementTookEffect: turns,
    AgreementRenewed: turns,
    AgreementAmended: turns,
    ReviewBecameDue: turned,
    ReviewBecameOverdue: turned,
    AgreementLapsed: over,
    AgreementRepealed: over,
    AgreementSuperseded: over,
  },
});

type Moment = Partial<Pick<AgreementMomentRow, 'version' | 'day' | 'by' | 'text'>>;

/** A handler that adds one moment. */
const moment =
  <T extends AgreementEvent['type']>(kind: string, of: (data: Of<T>['data']) => Moment): Handler<T> =>
  ({ id, data, stream, meta, position }, rows) => {
    const place = { momentId: id, agreementId: idOf(stream), circleId: meta.circle ?? '', kind };
    const nothing = { version: null, day: null, by: null, text: null };
    rows.put(agreementMomentTable, { ...place, ...nothing, ...of(data), happenedAt: meta.occurredAt, position });
  };

const version = ({ version, effectiveFrom: day }: Versioned['data']): Moment => ({ version, day });
const end = ({ base: version, effectiveOn: day }: Of<'AgreementRepealed'>['data']): Moment => ({ version, day });
const turn = ({ version, effectiveOn: day }: Of<'AgreementLapsed'>['data']): Moment => ({ version, day });

/** The whole life of an agreement, moment by moment. */
export const agreementMoments: Projection = projection<AgreementEvent>({
  name: 'agreement_moments',
  version: 1,
  tables: [agreementMomentTable],
  on: {
    AgreementTookEffect: moment('tookEffect', version),
    AgreementRenewed: moment('renewed', version),
    AgreementAmended: moment('amended', version),
    AgreementRepealed: moment('repealed', end),
    AgreementSuperseded: moment('superseded', end),
    ReviewBecameDue: moment('reviewDue', turn),
    ReviewBecameOverdue: moment('reviewOverdue', turn),
    AgreementLapsed: moment('lapsed', turn),
  },
});
