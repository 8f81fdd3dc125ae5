import type { CircleEvent } from './domain/circle.events.js';
import type { LinkSeat } from './domain/circle.js';
import {
  admitted,
  aimAccepted,
  circleAfter,
  communityMembers,
  convenes,
  expert,
  gathered,
  general,
  now,
  racines,
  racinesSeats,
} from './domain/spec.racines.js';
import { type CircleEffect, effectRefusal, targetOf } from './effect-refusal.js';
import type { CircleStanding } from './standing.js';
import { standingOf } from './write/standings.service.js';

const standing = (history: CircleEvent[], seats: LinkSeat[] = []): CircleStanding =>
  standingOf(circleAfter(...history), 7, seats, now);
const parent = standing([...general, convenes(['ecoute'])], racinesSeats);
const child = standing(racines);
const refusalFor = (at: CircleStanding, effect: CircleEffect, target?: CircleStanding) =>
  effectRefusal(at, effect, { now, communityMembers, target })?.code;

const admit = (memberId: string, due?: string): CircleEffect => ({
  kind: 'admitMember',
  memberId,
  ...(due !== undefined && { splitPlan: { plan: 'Racines-Soir', due } }),
});
const remove = (memberId: string): CircleEffect => ({ kind: 'removeMember', memberId });
const convene: CircleEffect = {
  kind: 'conveneCircle',
  items: ['accueil'],
  leader: 'paul',
  leaderTermMonths: 12,
  meetingsPerYear: 6,
};
const assign: CircleEffect = { kind: 'assignExpert', expertId: 'maya', from: '2027-06-01', to: '2028-06-01' };
const change = (circleId: string, add: string[], remove: string[]): CircleEffect => ({
  kind: 'changeDomain',
  circleId,
  add: add.map((itemId) => ({ itemId })),
  remove,
});

describe('what the target would say to an effect', () => {
  it('is nothing when it would take effect', () => {
    expect(refusalFor(standing(gathered), { kind: 'acceptAimAndDomain' })).toBeUndefined();
    expect(refusalFor(child, admit('maya'))).toBeUndefined();
    expect(refusalFor(child, remove('luc'))).toBeUndefined();
    expect(refusalFor(parent, convene)).toBeUndefined();
    expect(refusalFor(child, assign)).toBeUndefined();
    expect(refusalFor(child, { kind: 'unassignExpert', expertId: 'solange' })).toBeUndefined();
    expect(refusalFor(parent, { kind: 'changeAim', circleId: 'general' })).toBeUndefined();
    expect(refusalFor(parent, { kind: 'changeAim', circleId: 'racines' }, child)).toBeUndefined();
    expect(refusalFor(parent, change('general', ['jeunes'], ['argent']))).toBeUndefined();
    expect(refusalFor(parent, change('racines', ['argent'], ['ecoute']), child)).toBeUndefined();
  });

  it.each<[string, CircleStanding, CircleEffect, string, CircleStanding?]>([
    ['a removal in a forming circle', standing(gathered), remove('luc'), 'CIRCLE_NOT_ACTIVE'],
    ['the removal of a stranger', child, remove('maya'), 'NOBODY_TO_REMOVE'],
    ['the removal of who sits here as a link', parent, remove('lise'), 'NOBODY_TO_REMOVE'],
    ['accepting the aim again', child, { kind: 'acceptAimAndDomain' }, 'CIRCLE_NOT_FORMING'],
    ['admitting while forming', standing(gathered), admit('maya'), 'CIRCLE_NOT_ACTIVE'],
    ['admitting a stranger', child, admit('stranger'), 'NOT_A_COMMUNITY_MEMBER'],
    ['admitting the expert', child, admit('solange'), 'EXPERT_IS_NO_MEMBER'],
    ['a ninth without a plan', standing([...racines, admitted('leo')]), admit('maya'), 'SPLIT_PLAN_NEEDED'],
    ['a plan too far', standing([...racines, admitted('leo')]), admit('maya', '2027-12-31'), 'SPLIT_PLAN_TOO_FAR'],
    [
      'an eleventh',
      standing([...racines, admitted('leo'), admitted('noe'), admitted('eve')]),
      admit('maya', '2027-06-30'),
      'CIRCLE_FULL',
    ],
    ['convening while forming', standing(gathered), convene, 'CIRCLE_NOT_ACTIVE'],
    ['convening with an item handed on', parent, { ...convene, items: ['ecoute'] }, 'DOMAIN_DELEGATED'],
    ['convening with a foreign item', parent, { ...convene, items: ['x'] }, 'DOMAIN_NOT_OWNED'],
    ['convening under a stranger', parent, { ...convene, leader: 'x' }, 'NOT_A_COMMUNITY_MEMBER'],
    ['convening for no time', parent, { ...convene, leaderTermMonths: 0 }, 'TERM_NEEDS_AN_END'],
    ['convening for too few meetings', parent, { ...convene, meetingsPerYear: 1 }, 'MEETINGS_BELOW_MINIMUM'],
    ['an expert before the aim', standing(gathered), assign, 'AIM_NOT_ACCEPTED'],
    ['a member as expert', child, { ...assign, expertId: 'ana' }, 'MEMBER_IS_NO_EXPERT'],
    ['a time that is over', child, { ...assign, from: '2027-01-01', to: '2027-02-01' }, 'EXPERT_PERIOD_IMPOSSIBLE'],
    ['relieving nobody', child, { kind: 'unassignExpert', expertId: 'maya' }, 'EXPERT_NOT_ASSIGNED'],
    ['a sub-circle’s own aim', child, { kind: 'changeAim', circleId: 'racines' }, 'DECIDED_ELSEWHERE'],
    ['a stranger’s aim', child, { kind: 'changeAim', circleId: 'general' }, 'DECIDED_ELSEWHERE', parent],
    ['a circle that is not there', parent, { kind: 'changeAim', circleId: 'x' }, 'DECIDED_ELSEWHERE'],
    ['dropping what was handed on', parent, change('general', [], ['ecoute']), 'DOMAIN_DELEGATED'],
    ['giving what is not held', parent, change('racines', ['x'], []), 'DOMAIN_NOT_OWNED', child],
    ['taking back what is not there', parent, change('racines', [], ['argent']), 'DOMAIN_NOT_DELEGATED', child],
    [
      'taking back what was handed on',
      parent,
      change('racines', [], ['ecoute']),
      'DOMAIN_DELEGATED_FURTHER',
      standing([...racines, convenes(['ecoute'], 'soir')]),
    ],
    [
      'a domain just accepted',
      parent,
      change('racines', ['argent'], []),
      'ACCEPTED_NOT_YET_ACTIVE',
      standing([...gathered, aimAccepted]),
    ],
  ])('is a refusal: %s', (_, at, effect, code, ...[target]) => expect(refusalFor(at, effect, target)).toBe(code));

  it('does not count who sits here only as a link', () => {
    const links = ['l1', 'l2', 'l3', 'l4', 'l5'].map((memberId) => ({
      ...racinesSeats[0]!,
      memberId,
      termId: memberId,
    }));
    expect(refusalFor(standing(general, links), admit('maya'))).toBeUndefined();
  });

  it('names the circle whose standing it needs', () => {
    expect(targetOf(parent, change('racines', [], []))).toBe('racines');
    expect(targetOf(parent, change('general', [], []))).toBeUndefined();
    expect(targetOf(parent, admit('maya'))).toBeUndefined();
  });

  it('hides no fault', () => {
    const broken = { ...child, rules: undefined } as unknown as CircleStanding;
    expect(() => effectRefusal(broken, admit('maya'), { now, communityMembers })).toThrow(TypeError);
    expect(refusalFor(standing([...racines, expert('maya')]), admit('maya'))).toBe('EXPERT_IS_NO_MEMBER');
  });
});
