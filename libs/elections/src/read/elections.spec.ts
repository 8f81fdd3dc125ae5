import type { CircleEvent } from '@app/circles';
import type { Recorded } from '@app/kernel';
import { projected, recorded } from '@app/read-store/testing';
import type { ElectionEvent } from '../domain/election.events.js';
import {
  consent,
  described,
  members,
  nominationsOpened,
  objection,
  reason,
  s8,
  sealed,
  upTo,
} from '../domain/racines.fixture.js';
import { stories } from '../domain/story.fixture.js';
import { electionRoundsProjection } from './election-rounds.projection.js';
import {
  electionAnswerTable,
  electionDeclineTable,
  electionObjectionTable,
  electionReasonTable,
  electionTable,
  envelopeTable,
  nominationTable,
  waitingElectionTable,
} from './election.tables.js';
import { electionsProjection } from './elections.projection.js';
import { ElectionQueries } from './elections.query.js';
import { waitingElectionsProjection } from './waiting.projection.js';

const everything = [electionsProjection, electionRoundsProjection, waitingElectionsProjection];
const told = (facts: readonly (ElectionEvent | CircleEvent)[]): Recorded[] =>
  facts.map(({ type, data }) =>
    recorded(type, data, {
      stream: type === 'MemberLeftCircle' ? 'circle-racines' : 'election-e1',
      circle: 'racines',
      community: 'solidarite',
    }),
  );
const of = (...facts: readonly (ElectionEvent | CircleEvent)[]) => projected(everything, told(facts));
/** Everybody of Racines has sealed, nobody's envelope is open. */
const nominations: ElectionEvent[] = [...upTo.nominating, ...members.map((by) => sealed(by, s8[by]!))];
const changed = (by: string, from: string, to: string): ElectionEvent => ({
  type: 'NominationChanged',
  data: { reasonId: `s-${by}`, by, enteredBy: by, channel: 'own', from, to, reason: 'J’ai entendu Zoé' },
});
const last = <T>(list: readonly T[]): T => list[list.length - 1]!;

describe('the election read model', () => {
  it('is the same whatever is delivered twice or rebuilt, in every story', async () => {
    for (const story of stories) await of(...story);
  });

  it('INV-60 S7 holds nothing about nominations before the reveal, in any table', async () => {
    const { rows } = await of(...nominations);
    expect(await rows(nominationTable)).toEqual([]);
    const envelopes = await rows(envelopeTable);
    expect(envelopes.map(({ memberId, isSealed }) => [memberId, isSealed])).toEqual(
      members.toSorted().map((it) => [it, true]),
    );
    const all = await Promise.all(everything.flatMap(({ tables }) => tables).map((table) => rows(table)));
    for (const column of ['nominee', 'ciphertext', 'sealed', 'named'])
      expect(JSON.stringify(all)).not.toContain(`"${column}`);
  });

  it('INV-61 shows every nomination at once', async () => {
    const { store } = await of(...upTo.revealed);
    const rows = await new ElectionQueries(store).nominations(['e1']);
    expect(rows.map(({ memberId, nomineeId }) => [memberId, nomineeId])).toEqual(Object.entries(s8));
  });

  it('keeps both names of a change', async () => {
    const { store } = await of(...upTo.changing, changed('luc', 'ines', 'ana'));
    const queries = new ElectionQueries(store);
    const luc = (await queries.nominations(['e1'])).find(({ memberId }) => memberId === 'luc');
    expect(luc).toMatchObject({ nomineeId: 'ines', changedTo: 'ana' });
    expect(last(await queries.reasons(['e1']))).toMatchObject({ memberId: 'luc', aboutId: 'ana', changedFrom: 'ines' });
  });

  it('INV-63 S8 counts nobody: no column holds a number of nominations', async () => {
    const { rows } = await of(...upTo.accepting);
    const counts = ['round', 'place', 'quorum', 'seat'];
    for (const table of everything.flatMap(({ tables }) => tables)) {
      const numbers = Object.entries(table.columns).filter(([, { kind }]) => kind === 'int');
      expect(numbers.map(([name]) => name).filter((name) => !counts.includes(name))).toEqual([]);
      await rows(table);
    }
  });

  it('begins anew when the role is described again', async () => {
    const again = [...upTo.changing, described, nominationsOpened('zoe', 2)];
    const { rows, store } = await of(...again);
    const queries = new ElectionQueries(store);
    expect(await queries.nominations(['e1'])).toEqual([]);
    expect(await queries.reasons(['e1'])).toEqual([]);
    expect((await rows(electionReasonTable)).length).toBe(2);
    expect((await rows(electionTable))[0]).toMatchObject({ phase: 'Nominating', round: 2 });
  });

  it('shows the round, who answered what, and what became of each objection', async () => {
    const { rows, store } = await of(...upTo.integrating);
    const answers = await rows(electionAnswerTable);
    expect(answers.filter(({ answer }) => answer === 'objection').map(({ memberId }) => memberId)).toEqual([
      'ana',
      'luc',
    ]);
    expect((await new ElectionQueries(store).answers(['k1'])).at(-1)).toMatchObject({ memberId: 'ana', place: 6 });
    const settled = await of(
      ...upTo.integrating,
      { type: 'ElectionObjectionIntegrated', data: { objectionId: 'o2', by: 'ana' } },
      { type: 'ElectionObjectionOrphaned', data: { objectionId: 'o1', cause: 'authorLeft' } },
    );
    expect((await settled.rows(electionObjectionTable)).map(({ status }) => status)).toEqual([
      'orphaned',
      'integrated',
    ]);
    const [election] = await new ElectionQueries(settled.store).elections(['e1']);
    expect(election).toMatchObject({ phase: 'Proposed', personId: 'ana' });
    const [integrating] = await new ElectionQueries(store).elections(['e1']);
    expect(integrating?.phase).toBe('Integrating');
  });

  it('owes an answer again that was disputed or taken back, and none from who left', async () => {
    const answerOf = async (memberId: string, ...facts: ElectionEvent[]) => {
      const { rows } = await of(...upTo.round, ...facts);
      return (await rows(electionAnswerTable)).find((row) => row.memberId === memberId)?.answer;
    };
    const disputed: ElectionEvent = {
      type: 'ElectionAnswerDisputed',
      data: { roundId: 'k1', by: 'paul', objectionId: 'o1' },
    };
    expect(await answerOf('paul', consent('paul'))).toBe('consent');
    expect(await answerOf('paul', objection('paul'), disputed)).toBe('owed');
    const back: ElectionEvent = { type: 'ElectionObjectionIntegrated', data: { objectionId: 'o1', by: 'paul' } };
    expect(await answerOf('paul', objection('paul'), back)).toBe('owed');
    const gone: ElectionEvent = {
      type: 'ElectionRosterReduced',
      data: { phase: 'consent', left: ['paul'], quorum: 4, circleRevision: 21 },
    };
    expect(await answerOf('paul', gone)).toBe('left');
  });

  it('tells the result, and a no', async () => {
    const { rows, store } = await of(...stories[1]!);
    expect((await rows(electionTable))[0]).toMatchObject({
      phase: 'Elected',
      electedId: 'ines',
      electedOn: '2027-05-27',
      termFrom: '2027-06-01',
      termTo: '2028-05-31',
      effectRefused: 'OFFICER_NOT_A_MEMBER',
      proposerId: 'luc',
    });
    expect((await rows(electionDeclineTable)).map(({ memberId }) => memberId)).toEqual(['ana']);
    const queries = new ElectionQueries(store);
    expect((await queries.proposals(['e1'])).map(({ personId }) => personId)).toEqual(['ana', 'ines']);
    expect((await queries.rounds(['e1'])).map(({ outcome }) => outcome)).toEqual(['objections', 'consent', 'consent']);
    expect(await queries.integrations(['e1'])).toHaveLength(1);
    expect(await queries.declines(['e1'])).toHaveLength(1);
    expect((await queries.electionsOf(['racines'], undefined, 5)).map(({ electionId }) => electionId)).toEqual(['e1']);
    expect(await queries.electionsOf(['racines'], ['2027-01-15T12:00:00.000Z', 'e1'], 5)).toEqual([]);
    expect(await queries.envelopes(['e1'])).toHaveLength(7);
    expect(await queries.objections(['e1'])).toHaveLength(2);
  });
});

describe('what waits for whom', () => {
  const waiting = async (member: string, ...facts: readonly (ElectionEvent | CircleEvent)[]) => {
    const { store } = await of(...facts);
    return (await new ElectionQueries(store).waitingFor(member, 'solidarite')).map(({ kind }) => kind);
  };

  it('is an envelope until it is sealed', async () => {
    expect(await waiting('paul', ...upTo.nominating)).toEqual(['nominate']);
    expect(await waiting('paul', ...nominations)).toEqual([]);
    expect(await waiting('paul', ...upTo.revealed)).toEqual([]);
    expect(await waiting('theo', ...upTo.nominating)).toEqual([]);
  });

  it('is a reason until it is said, or the change round opens', async () => {
    expect(await waiting('paul', ...upTo.reasons)).toEqual(['giveReason']);
    expect(await waiting('paul', ...upTo.reasons, reason('paul', 'ines'))).toEqual([]);
    expect(await waiting('paul', ...upTo.changing)).toEqual([]);
  });

  it('INV-64 is an answer, the nominee’s only when everybody else has answered', async () => {
    expect(await waiting('paul', ...upTo.round)).toEqual(['answer']);
    expect(await waiting('paul', ...upTo.round, consent('paul'))).toEqual([]);
    expect(await waiting('ana', ...upTo.round)).toEqual([]);
    expect(await waiting('ana', ...upTo.anaLast)).toEqual(['answer']);
  });

  it('is an answer again when it was disputed or taken back', async () => {
    const disputed: ElectionEvent = { type: 'ElectionAnswerDisputed', data: { roundId: 'k1', by: 'paul' } };
    const back: ElectionEvent = { type: 'ElectionObjectionIntegrated', data: { objectionId: 'o1', by: 'paul' } };
    expect(await waiting('paul', ...upTo.round, consent('paul'), disputed)).toEqual(['answer']);
    expect(await waiting('paul', ...upTo.round, objection('paul'), back)).toEqual(['answer']);
    expect(
      await waiting('ana', ...upTo.integrating, { ...back, data: { objectionId: 'o2', by: 'ana' } } as never),
    ).toEqual([]);
  });

  it('is the office to accept, once the circle has consented', async () => {
    expect(await waiting('ana', ...upTo.integrating)).toEqual([]);
    expect(await waiting('ana', ...upTo.accepting)).toEqual(['accept']);
    expect(
      await waiting('ana', ...upTo.accepting, { type: 'NomineeDeclined', data: { by: 'ana', reason: 'Non' } }),
    ).toEqual([]);
  });

  it('is what the circle refused, for the person elected and for who led', async () => {
    expect(await waiting('ines', ...stories[1]!)).toEqual(['effectRefused']);
    expect(await waiting('luc', ...stories[1]!)).toEqual(['effectRefused']);
    expect(await waiting('ana', ...stories[1]!.slice(0, -1))).toEqual([]);
  });

  it('is nothing for who left the circle, nor in a cancelled election', async () => {
    const left: CircleEvent = {
      type: 'MemberLeftCircle',
      data: { memberId: 'paul', officesEnded: [], linksEnded: [] },
    };
    expect(await waiting('paul', ...upTo.round, left)).toEqual([]);
    const { rows } = await of(...stories[0]!);
    expect(await rows(waitingElectionTable)).toEqual([]);
  });
});
