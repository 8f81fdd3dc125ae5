import { projected, recorder } from '@app/read-store/testing';
import type { CircleEvent } from '../domain/circle.events.js';
import type { CommunityEvent } from '../domain/community.events.js';
import { methodRules } from '../domain/rules.js';
import {
  actingTable,
  circleMemberTable,
  circleTable,
  communityMemberTable,
  domainItemTable,
  expertAssignmentTable,
  officeTermTable,
} from './circle.tables.js';
import { circles, communities } from './circles.projection.js';
import { CircleQueries } from './circles.query.js';

const decision = { proposalId: 'p1', version: 1 };
const end = { date: '2028-03-31', instant: '2028-04-01T03:59:59.999Z' };
const racines = recorder<CircleEvent>({ stream: 'circle-racines', circle: 'racines' });
const general = recorder<CircleEvent>({ stream: 'circle-general', circle: 'general' });

const proposed = (circleId: string, parentId?: string): Extract<CircleEvent, { type: 'CircleProposed' }>['data'] => ({
  circleId,
  communityId: 'community-1',
  parentId,
  zone: 'America/Toronto',
  name: `Cercle ${circleId}`,
  aim: 'Apprendre ensemble',
  domain: [{ itemId: `${circleId}-d1`, text: 'formation' }],
  category: 'practice',
  convener: 'marc',
  meetingsPerYear: 8,
  rules: methodRules,
});
const holding = (termId: string, office: 'leader' | 'secondLink', memberId: string) => ({
  termId,
  office,
  seat: 1,
  memberId,
});

const story = () => [
  general('CircleProposed', proposed('general')),
  general('CircleActivated', { by: 'marc' }),
  general('DomainDelegated', { subCircleId: 'racines', items: ['general-d1'], convenes: 'yes', decision }),
  racines('CircleProposed', proposed('racines', 'general')),
  racines('MemberAdmitted', { memberId: 'marc', how: 'convener' }),
  racines('AdmissionOffered', { memberId: 'lise', by: 'marc' }),
  racines('MemberAdmitted', { memberId: 'lise', how: 'acceptance' }),
  racines('ActingAppointed', { termId: 't0', office: 'secretary', seat: 1, memberId: 'lise', order: 'volunteer' }),
  racines('AimAndDomainAccepted', { decision }),
  racines('TermStarted', { ...holding('t1', 'leader', 'marc'), from: '2027-04-01', to: end }),
  racines('TermStarted', { ...holding('t2', 'secondLink', 'lise'), from: '2027-04-01', to: end }),
  racines('CircleActivated', { by: 'marc' }),
  racines('ExpertAssigned', { expertId: 'solange', from: '2027-04-01', to: end, decision }),
  racines('AimChanged', { aim: 'Apprendre et transmettre', decision }),
  racines('DomainChanged', { added: [{ itemId: 'd2', text: 'accueil' }], removed: ['racines-d1'], decision }),
  racines('MemberLeftCircle', { memberId: 'lise', officesEnded: ['secondLink'], linksEnded: [] }),
  racines('OfficeVacated', { ...holding('t2', 'secondLink', 'lise'), cause: 'leftCircle' }),
  racines('ActingEnded', { termId: 't0', office: 'secretary', seat: 1, memberId: 'lise', cause: 'leftCircle' }),
  racines('ExpertUnassigned', { expertId: 'solange', cause: 'steppedBack' }),
];

describe('the circle read model', () => {
  it('shows a circle as it stands, whatever is delivered twice or rebuilt', async () => {
    const { rows } = await projected(circles, story());
    expect(
      (await rows(circleTable)).map(({ circleId, state, accepted, aim }) => [circleId, state, accepted, aim]),
    ).toEqual([
      ['general', 'Active', false, 'Apprendre ensemble'],
      ['racines', 'Active', true, 'Apprendre et transmettre'],
    ]);
    expect((await rows(circleMemberTable)).map((row) => row.memberId)).toEqual(['marc']);
    expect((await rows(officeTermTable)).map((row) => row.office)).toEqual(['leader']);
    expect(await rows(actingTable)).toEqual([]);
    expect(await rows(expertAssignmentTable)).toEqual([]);
    expect((await rows(domainItemTable)).map(({ itemId, delegatedTo }) => [itemId, delegatedTo])).toEqual([
      ['general-d1', 'racines'],
      ['d2', null],
    ]);
  });

  it('INV-15 INV-16 seats a link in the parent from the position of its cause to the position of its end', async () => {
    const facts = story();
    const { store } = await projected(circles, facts);
    const queries = new CircleQueries(store);
    const positionOf = (type: string, stream = 'circle-racines'): string =>
      facts.find((fact) => fact.type === type && fact.stream === stream)?.position ?? '';
    const seatsAt = async (position?: string): Promise<string[]> =>
      (await queries.memberships(['general'], { instant: '2027-05-01T12:00:00.000Z', position })).map(
        (row) => `${row.memberId} ${row.office}`,
      );

    expect(await seatsAt(positionOf('TermStarted'))).toEqual([]);
    expect(await seatsAt(positionOf('CircleActivated'))).toEqual(['marc leader', 'lise secondLink']);
    expect(await seatsAt(positionOf('MemberLeftCircle'))).toEqual(['marc leader', 'lise secondLink']);
    expect(await seatsAt(positionOf('OfficeVacated'))).toEqual(['marc leader']);
    expect(await seatsAt()).toEqual(['marc leader']);
  });

  it('shows the next holder of an office from the day their term begins, and nobody once a caretaker’s time is over', async () => {
    const next = { date: '2029-03-31', instant: '2029-04-01T03:59:59.999Z' };
    const { store } = await projected(circles, [
      ...story(),
      racines('TermStarted', { ...holding('t3', 'leader', 'ana'), from: '2028-04-01', to: next }),
    ]);
    const leaderAt = async (instant: string): Promise<string[]> =>
      (await new CircleQueries(store).memberships(['general'], { instant })).map((row) => row.memberId);
    expect(await leaderAt('2028-03-31T12:00:00.000Z')).toEqual(['marc']);
    expect(await leaderAt('2028-04-01T12:00:00.000Z')).toEqual(['ana']);
    expect(await leaderAt('2029-05-30T12:00:00.000Z')).toEqual(['ana']);
    expect(await leaderAt('2029-06-01T12:00:00.000Z')).toEqual([]);
  });

  it('keeps the aim that was in force at any past position', async () => {
    const facts = story();
    const { versions } = await projected(circles, facts);
    const aims = (await versions(circleTable)).filter((row) => row.circleId === 'racines').map((row) => row.aim);
    expect([...new Set(aims)]).toEqual(['Apprendre ensemble', 'Apprendre et transmettre']);
  });

  it('knows who was once a member', async () => {
    const facts = story();
    const { store } = await projected(circles, facts);
    const left = facts.find((fact) => fact.type === 'MemberLeftCircle')?.position;
    expect(await new CircleQueries(store).formerOf('lise', ['racines'])).toEqual(new Map([['racines', left]]));
  });
});

describe('the community read model', () => {
  const happened = recorder<CommunityEvent>({ stream: 'community-1' });

  it('lists who belongs to it', async () => {
    const { rows } = await projected(communities, [
      happened('MemberRegistered', { memberId: 'ana', how: 'founder' }),
      happened('MemberRegistered', { memberId: 'paul', how: 'invitation', invitedBy: 'ana' }),
      happened('MemberLeft', { memberId: 'paul' }),
    ]);
    expect((await rows(communityMemberTable)).map((row) => row.memberId)).toEqual(['ana']);
  });
});
