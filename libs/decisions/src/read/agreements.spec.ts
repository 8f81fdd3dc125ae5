import { projected } from '@app/read-store/testing';
import { agreementTable, logEntryTable } from './agreement.tables.js';
import { agreements, logEntries } from './agreements.projection.js';
import { AgreementQueries } from './agreements.query.js';
import { agreementsOf, content, logbookOf } from './told.story.js';

const dates = { decidedOn: '2027-02-11', effectiveFrom: '2027-02-11', reviewOn: '2027-08-12' };
const took = (agreementId: string, circleId = 'racines') =>
  agreementsOf(
    'AgreementTookEffect',
    {
      ...{ agreementId, circleId, communityId: 'solidarite', proposalId: `p-${agreementId}`, version: 2, content },
      ...{ concerns: [{ by: 'luc', roundId: 'r1' }], ...dates, onMissedReview: 'Continue' },
    },
    { stream: `agreement-${agreementId}` },
  );
const entered = (number: number, year = 2027, circleId = 'racines') =>
  logbookOf('LogEntryWritten', {
    ...{ circleId, communityId: 'solidarite', year, number, date: `${year}-02-11` },
    ...{ subject: { kind: 'decision', id: `p${number}` }, agreementId: `a${number}` },
  });

describe('agreements', () => {
  it('hold the whole text and its dates', async () => {
    const { rows } = await projected(agreements, [took('a1')]);
    expect(await rows(agreementTable)).toMatchObject([
      {
        ...{ agreementId: 'a1', circleId: 'racines', proposalId: 'p-a1', version: 2, state: 'InForce' },
        ...{ title: content.title, text: content.text, measures: content.measures, ...dates, expiresOn: null },
        concerns: [{ by: 'luc', roundId: 'r1' }],
      },
    ]);
  });

  it('are listed newest first, circle by circle, page by page', async () => {
    const facts = [took('a1'), took('a2'), took('b1', 'jardin'), took('a3')];
    const queries = new AgreementQueries((await projected(agreements, facts)).store);
    const listed = async (before: string | undefined, ...circles: string[]) =>
      (await queries.agreementsOf(circles, before, 2)).map(({ agreementId }) => agreementId);
    expect(await listed(undefined, 'racines', 'jardin')).toEqual(['b1', 'a3', 'a2']);
    expect(await listed(facts[1]!.position, 'racines')).toEqual(['a1']);
    expect(await queries.agreements(['a2', 'none'])).toMatchObject([{ agreementId: 'a2' }]);
  });
});

describe('the logbook', () => {
  it('holds an entry by its year and number', async () => {
    const { rows } = await projected(logEntries, [entered(1)]);
    expect(await rows(logEntryTable)).toEqual([
      {
        ...{ circleId: 'racines', communityId: 'solidarite', year: 2027, number: 1, date: '2027-02-11' },
        ...{ subjectKind: 'decision', subjectId: 'p1', agreementId: 'a1', writtenAt: '2027-02-11T23:31:00.000Z' },
      },
    ]);
  });

  it('is read newest first, across years, page by page', async () => {
    const facts = [entered(1), entered(2), entered(1, 2028), entered(7, 2027, 'jardin')];
    const queries = new AgreementQueries((await projected(logEntries, facts)).store);
    const listed = async (before: { year: number; number: number } | undefined, ...circles: string[]) =>
      (await queries.logEntriesOf(circles, before, 2)).map(({ year, number }) => `${year}-${number}`);
    expect(await listed(undefined, 'racines', 'jardin')).toEqual(['2027-7', '2028-1', '2027-2']);
    expect(await listed({ year: 2028, number: 1 }, 'racines')).toEqual(['2027-2', '2027-1']);
    expect(await listed({ year: 2027, number: 2 }, 'racines')).toEqual(['2027-1']);
    expect(await queries.logEntriesAbout(['p2'])).toMatchObject([{ number: 2 }]);
  });
});
