import { projected } from '@app/read-store/testing';
import { agreementMoments, agreementTurns } from './agreement-life.projection.js';
import { AgreementLifeQueries } from './agreement-life.query.js';
import { agreementMomentTable, agreementTurnTable } from './agreement-life.tables.js';
import { agreementsOf, content } from './told.story.js';

const terms = {
  ...{ proposalId: 'p1', version: 1, content, concerns: [], decidedOn: '2027-02-11', effectiveFrom: '2027-02-11' },
  ...{ reviewOn: '2027-08-12', onMissedReview: 'Lapse' as const },
};
const calendar = { zone: 'America/Toronto', overdueOn: '2027-09-11', lapsesOn: '2027-10-11' };
const identity = { agreementId: 'a1', circleId: 'racines', communityId: 'solidarite' };
const took = agreementsOf('AgreementTookEffect', { ...identity, ...terms, calendar });
const due = agreementsOf('ReviewBecameDue', { version: 1, effectiveOn: '2027-08-12' });
const overdue = agreementsOf('ReviewBecameOverdue', { version: 1, effectiveOn: '2027-09-11' });
const lapsed = agreementsOf('AgreementLapsed', { version: 1, effectiveOn: '2027-10-11' });
const next = { base: 1, decided: 1, ...terms, version: 2, proposalId: 'p2', reviewOn: '2028-02-10' };
const renewed = agreementsOf('AgreementRenewed', { ...next, onMissedReview: 'Continue' });
const repealed = agreementsOf('AgreementRepealed', {
  base: 1,
  decided: 1,
  proposalId: 'p3',
  effectiveOn: '2027-05-13',
});

describe('what will fall due', () => {
  const turns = async (...facts: Parameters<typeof projected>[1]) =>
    (await (await projected(agreementTurns, facts)).rows(agreementTurnTable)).map(({ turn, at }) => `${turn} ${at}`);

  it('is laid down with each version, at midnight in its circle', async () => {
    expect(await turns(took)).toEqual([
      'AgreementLapsed 2027-10-11T04:00:00.000Z',
      'ReviewBecameDue 2027-08-12T04:00:00.000Z',
      'ReviewBecameOverdue 2027-09-11T04:00:00.000Z',
    ]);
    expect(await turns(took, due, renewed)).toEqual([
      'ReviewBecameDue 2028-02-10T00:00:00.000Z',
      'ReviewBecameOverdue 2028-03-11T00:00:00.000Z',
    ]);
  });

  it('goes when it is announced, and all of it when the agreement ends', async () => {
    expect(await turns(took, due)).toHaveLength(2);
    expect(await turns(took, due, overdue, lapsed)).toEqual([]);
    expect(await turns(took, repealed)).toEqual([]);
  });

  it('is found when its instant has come, the longest due first', async () => {
    const queries = new AgreementLifeQueries((await projected(agreementTurns, [took])).store);
    const found = async (now: string, max = 10) => (await queries.turnsDue(now, max)).map(({ turn }) => turn);
    expect(await found('2027-08-12T03:59:59.999Z')).toEqual([]);
    expect(await found('2027-08-12T04:00:00.000Z')).toEqual(['ReviewBecameDue']);
    expect(await found('2028-01-01T00:00:00.000Z', 2)).toEqual(['ReviewBecameDue', 'ReviewBecameOverdue']);
  });
});

describe('the life of an agreement', () => {
  it('is told moment by moment, in order', async () => {
    const { store } = await projected(agreementMoments, [took, due, renewed]);
    expect(await new AgreementLifeQueries(store).moments(['a1'])).toMatchObject([
      { kind: 'tookEffect', version: 1, day: '2027-02-11', circleId: 'racines' },
      { kind: 'reviewDue', version: 1, day: '2027-08-12' },
      { kind: 'renewed', version: 2, day: '2027-02-11' },
    ]);
    const ended = await projected(agreementMoments, [took, repealed]);
    expect(await ended.rows(agreementMomentTable)).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'repealed', version: 1, day: '2027-05-13' })]),
    );
  });
});
