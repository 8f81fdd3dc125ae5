import type { Recorded } from '@app/kernel';
import { type Projection, projection } from '../projection.js';
import { bool, int, json, maybeText, personal, table, text } from '../table.js';
import { recorded } from './recorded.js';

export const seats = table(
  'seat',
  { seatId: text(), holder: maybeText(), rank: int(), open: bool(), tags: json<string[]>() },
  { key: ['seatId'], indexes: [['holder']] },
);
export const pledges = table(
  'pledge',
  { pledgeId: text(), by: text(), said: personal('by'), rank: int() },
  { key: ['pledgeId'], temporal: true, indexes: [['by']] },
);

/** Words by which a pledge is found, each gone with who pledged. */
export const pledgeWords = table(
  'pledge_word',
  { word: text(), pledgeId: text(), by: maybeText() },
  { key: ['word', 'pledgeId'], indexes: [['pledgeId']], goneWith: 'by' },
);

interface Seat {
  seatId: string;
  holder: string | null;
  rank: number;
}
type SeatEvent =
  | { type: 'SeatAdded'; data: Seat }
  | { type: 'SeatTaken'; data: { seatId: string; holder: string } }
  | { type: 'HolderLeft'; data: { holder: string } }
  | { type: 'HolderBanned'; data: { holder: string } }
  | { type: 'SeatRemoved'; data: { seatId: string } };
type PledgeEvent =
  | { type: 'Pledged'; data: { pledgeId: string; by: string; said: string | null; rank: number } }
  | { type: 'PledgeReworded'; data: { pledgeId: string; said: string | null } }
  | { type: 'RankMoved'; data: { from: number; to: number } }
  | { type: 'PledgeEnded'; data: { pledgeId: string } }
  | { type: 'PledgePassedOn'; data: { pledgeId: string; by: string | null } }
  | { type: 'PledgeMentioned'; data: { pledgeId: string; by: string } }
  | { type: 'Broken'; data: object };

/** Projections that use every word a projection has. */
export const seatProjection = (version = 1): Projection =>
  projection<SeatEvent>({
    name: 'seats',
    version,
    tables: [seats],
    on: {
      SeatAdded: ({ data }, rows) =>
        rows.put(seats, { ...data, open: data.holder === null, tags: ['new', data.seatId] }),
      SeatTaken: ({ data: { seatId, holder } }, rows) => rows.patch(seats, { seatId }, { holder, open: false }),
      HolderLeft: ({ data: { holder } }, rows) => rows.patchWhere(seats, { holder }, { holder: null, open: true }),
      HolderBanned: ({ data: { holder } }, rows) => rows.deleteWhere(seats, { holder }),
      SeatRemoved: ({ data: { seatId } }, rows) => rows.delete(seats, { seatId }),
    },
  });
export const pledgeProjection: Projection = projection<PledgeEvent>({
  name: 'pledges',
  version: 1,
  tables: [pledges, pledgeWords],
  on: {
    Pledged: ({ data }, rows) => {
      rows.put(pledges, data);
      const { pledgeId, by, said } = data;
      for (const word of said?.toUpperCase().split(' ') ?? []) rows.put(pledgeWords, { word, pledgeId, by });
    },
    PledgePassedOn: ({ data: { pledgeId, by } }, rows) => rows.patchWhere(pledgeWords, { pledgeId }, { by }),
    PledgeReworded: ({ data: { pledgeId, said } }, rows) => rows.patch(pledges, { pledgeId }, { said }),
    RankMoved: ({ data: { from, to } }, rows) => rows.patchWhere(pledges, { rank: from }, { rank: to }),
    PledgeEnded: ({ data: { pledgeId } }, rows) => rows.delete(pledges, { pledgeId }),
    PledgeMentioned: ({ data }, rows) => {
      rows.put(pledges, { ...data, said: 'in passing', rank: 0 });
      rows.delete(pledges, { pledgeId: data.pledgeId });
    },
    Broken: () => {
      throw new Error('a bug');
    },
  },
});
/** Both of them. */
export const both = [seatProjection(), pledgeProjection];
export const seat = (seatId: string, holder: string | null = null, rank = 1): Recorded =>
  recorded('SeatAdded', { seatId, holder, rank });
export const pledge = (pledgeId: string, by: string, said: string | null, rank = 1): Recorded =>
  recorded('Pledged', { pledgeId, by, said, rank });
export const erased = (memberId: string): Recorded =>
  recorded('PersonalDataErased', { memberId, keyId: `member:${memberId}` });
