import { catalogue, event, id, list, sealed, text } from '@app/kernel';
import { projected, recorded } from '@app/read-store/testing';
import { AuditMoments, AuditQueries } from './audit.query.js';
import { auditTrail } from './audit.projection.js';
import { auditTable } from './audit.tables.js';
import { personsIn, sentenceOf, veiledActs } from './wording.js';

const stories = catalogue('circle', {
  MemberAdmitted: event({ memberId: id(), words: text('circle'), items: list(id()), how: id() }),
  AdmissionOffered: event({ memberId: id(), secret: sealed() }),
});
const about = { circle: 'racines', stream: 'circle-racines' };
const facts = () => [
  recorded(
    'MemberAdmitted',
    { memberId: 'ana', words: 'rien de cela', items: ['a'], how: 'acceptance' },
    { ...about, actor: 'ana', recordedAt: '2027-01-01T00:00:00.000Z' },
  ),
  recorded(
    'AdmissionOffered',
    { memberId: 'paul', secret: 'ciphertext' },
    { ...about, actor: 'policy:x', recordedAt: '2027-02-01T00:00:00.000Z' },
  ),
];

describe('the audit trail', () => {
  it('has one entry an event, with ids and dates and nothing that a person wrote or sealed', async () => {
    const { rows } = await projected(auditTrail([stories]), facts());
    expect((await rows(auditTable)).map((row) => [row.type, row.actor, row.particulars])).toEqual([
      ['MemberAdmitted', 'ana', { memberId: 'ana', items: ['a'], how: 'acceptance' }],
      ['AdmissionOffered', 'policy:x', { memberId: 'paul' }],
    ]);
  });

  it('tells what was known at a moment', async () => {
    const written = facts();
    const { store } = await projected(auditTrail([stories]), written);
    const moments = new AuditMoments(store);
    expect(await moments.positionAt('community-1', '2026-12-31T00:00:00.000Z')).toBeUndefined();
    expect(await moments.positionAt('community-1', '2027-01-15T00:00:00.000Z')).toBe(written[0]?.position);
    expect(await moments.positionAt('community-1', '2027-02-01T00:00:00.000Z')).toBe(written[1]?.position);
  });

  it('is read in either direction, page by page', async () => {
    const written = facts();
    const { store } = await projected(auditTrail([stories]), written);
    const ask = { communityId: 'community-1', circleId: 'racines', limit: 1 };
    const queries = new AuditQueries(store);
    const [newest] = await queries.page({ ...ask, newestFirst: true });
    expect(newest?.type).toBe('AdmissionOffered');
    const [before] = await queries.page({ ...ask, newestFirst: true, before: newest?.position });
    expect(before?.type).toBe('MemberAdmitted');
    expect(
      await queries.page({ ...ask, newestFirst: false, until: before?.position, after: before?.position }),
    ).toEqual([]);
  });
});

describe('an entry in words', () => {
  const entry = {
    actor: 'ana',
    category: 'proposal',
    type: 'ObjectionRaised',
    office: null,
    particulars: { by: 'ana', version: 2 },
  };

  it('names persons where the reader may know them', () => {
    expect(personsIn(entry)).toEqual(['ana', 'ana']);
    expect(sentenceOf(entry, new Map([['ana', 'Ana Tremblay']]), 'fr')).toContain('Ana Tremblay');
  });

  it('names nobody to a reader who may not know, nor a person who was forgotten', () => {
    expect(sentenceOf(entry, new Map([['ana', 'Ana Tremblay']]), 'fr', true)).not.toContain('Ana');
    expect(sentenceOf(entry, new Map([['ana', null]]), 'en')).toContain('forgotten');
  });
});

describe('what is told outside the circle', () => {
  it('veils every act by which a person answers, objects or names, whatever event it ends in', () => {
    const answers = ['GiveConsent', 'RaiseObjection', 'Nominate', 'GiveElectionConsent', 'RaiseElectionObjection'];
    expect(answers.filter((command) => !veiledActs.has(command))).toEqual([]);
    expect(veiledActs.has('OpenConsentRound')).toBe(false);
  });

  it('takes a day for a day and a member for a member', () => {
    const named = (from: string): string[] => personsIn({ actor: 'policy:x', particulars: { from } });
    expect(named('2027-01-01')).toEqual([]);
    expect(named('zoe')).toEqual(['zoe']);
  });
});
