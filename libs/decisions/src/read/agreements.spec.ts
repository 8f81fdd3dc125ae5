import { projected } from '@app/read-store/testing';
import { agreementTable, agreementVersionTable, logEntryTable } from './agreement.tables.js';
import { agreements, agreementVersions, logEntries } from './agreements.projection.js';
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

describe('an agreement that decisions change', () => {
  const about = { stream: 'agreement-a1' };
  const { decidedOn: _, ...review } = dates;
  const renewed = agreementsOf(
    'AgreementRenewed',
    {
      ...{ base: 2, decided: 1, version: 3, proposalId: 'p9', content, concerns: [], decidedOn: '2027-08-12' },
      ...{ ...review, effectiveFrom: '2027-08-12', reviewOn: '2028-02-10', onMissedReview: 'Lapse' },
      calendar: { zone: 'America/Toronto', overdueOn: '2028-03-11', lapsesOn: '2028-04-10' },
    },
    about,
  );
  const ending = { base: 3, decided: 1, proposalId: 'p10', effectiveOn: '2028-01-13' };

  it('reads as the last of them, and keeps every version', async () => {
    const { rows } = await projected([agreements, agreementVersions], [took('a1'), renewed]);
    expect(await rows(agreementTable)).toMatchObject([
      {
        ...{ version: 3, proposalId: 'p9', decidedOn: '2027-08-12', reviewOn: '2028-02-10', overdueOn: '2028-03-11' },
        ...{ lapsesOn: '2028-04-10', zone: 'America/Toronto', state: 'InForce', endedOn: null },
      },
    ]);
    expect(await rows(agreementVersionTable)).toMatchObject([
      { version: 2, how: 'tookEffect', proposalId: 'p-a1', concerns: [{ by: 'luc' }] },
      { version: 3, how: 'renewed', proposalId: 'p9', circleId: 'racines', concerns: [] },
    ]);
  });

  it('ends repealed, or superseded by another', async () => {
    const repealed = await projected(agreements, [took('a1'), agreementsOf('AgreementRepealed', ending, about)]);
    const told = { endedOn: '2028-01-13', endedBy: 'p10' };
    expect(await repealed.rows(agreementTable)).toMatchObject([{ state: 'Repealed', supersededBy: null, ...told }]);
    const next = agreementsOf('AgreementSuperseded', { ...ending, supersededBy: 'a2' }, about);
    const superseded = await projected(agreements, [took('a1'), next]);
    expect(await superseded.rows(agreementTable)).toMatchObject([{ state: 'Superseded', supersededBy: 'a2', ...told }]);
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
