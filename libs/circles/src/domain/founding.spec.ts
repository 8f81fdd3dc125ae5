import { given } from '@app/kernel/testing';
import { circle, type CircleState } from './circle.js';
import { acceptConvening, proposeCircle, proposeRootCircle } from './founding.js';
import { methodRules } from './rules.js';
import {
  activated,
  admittedConvener,
  communityMembers,
  decision,
  general,
  policy,
  proposed,
  racines,
  until,
  zone,
} from './spec.racines.js';

const founding = {
  circleId: 'racines',
  communityId: 'solidarite',
  parentId: 'general',
  zone,
  name: 'Cercle Racines',
  aim: 'Apprendre à écouter, pour toute personne du quartier.',
  domain: [
    { itemId: 'ecoute', text: 'Les rencontres d’écoute', delegatedTo: 'racines' },
    { itemId: 'accueil', text: 'L’accueil', delegatedTo: 'racines' },
  ],
  category: 'practice' as const,
  convener: 'marc',
  leader: 'marc',
  leaderTerm: { from: '2027-01-10', to: until('2028-01-10') },
  meetingsPerYear: 10,
  rules: methodRules,
  decision,
  by: policy,
};
const rootFounding = {
  circleId: 'racines',
  communityId: 'solidarite',
  zone,
  name: 'Cercle Racines',
  aim: founding.aim,
  domain: founding.domain,
  category: 'general' as const,
  convener: 'marc',
  meetingsPerYear: 10,
  rules: methodRules,
  by: policy,
};

describe('founding a circle', () => {
  it('proposes a sub-circle as its parent decided, with its rules in full', () =>
    given(circle).when(proposeCircle, founding).then(proposed()));

  it('proposes the root with its founder, who is its first member', () =>
    given(circle)
      .when(proposeRootCircle, rootFounding)
      .then(
        proposed({
          parentId: undefined,
          category: 'general',
          leader: undefined,
          leaderTerm: undefined,
          decision: undefined,
        }),
        { type: 'MemberAdmitted', data: { memberId: 'marc', how: 'convener' } },
      ));

  it('proposes the same circle once', () => {
    given(circle, proposed()).when(proposeCircle, founding).thenNothing();
    given(circle, ...general)
      .when(proposeRootCircle, rootFounding)
      .thenNothing();
  });

  it('INV-02 gives a circle one parent, once: another parent finds it there already', () =>
    given(circle, ...racines)
      .when(proposeCircle, { ...founding, parentId: 'entraide', decision: { proposalId: 'p9', version: 1 } })
      .thenRefused('CIRCLE_EXISTS'));

  it('INV-02 closes no cycle: a circle that has sub-circles cannot be put under one of them', () =>
    given(circle, ...general)
      .when(proposeCircle, { ...founding, circleId: 'general', parentId: 'racines' })
      .thenRefused('CIRCLE_EXISTS'));

  it('keeps its parent whatever happens to it', () => {
    const { state } = given(circle, ...racines);
    expect((state as Exclude<CircleState, { phase: 'absent' }>).parentId).toBe('general');
  });

  it('makes no root of a circle that has a parent', () =>
    given(circle, ...racines)
      .when(proposeRootCircle, rootFounding)
      .thenRefused('CIRCLE_EXISTS'));

  it('is nobody’s own act: only a decision, or the founding of the community, proposes a circle', () => {
    given(circle)
      .when(proposeCircle, { ...founding, by: 'marc' })
      .thenRefused('ONLY_BY_DECISION');
    given(circle)
      .when(proposeRootCircle, { ...rootFounding, by: 'marc' })
      .thenRefused('ONLY_BY_DECISION');
  });

  it('begins to form when its convener accepts', () =>
    given(circle, proposed()).when(acceptConvening, { by: 'marc', communityMembers }).then(admittedConvener));

  it('is convened by its convener alone, and while they belong to the community', () => {
    given(circle, proposed()).when(acceptConvening, { by: 'zoe', communityMembers }).thenRefused('ONLY_CONVENER');
    given(circle, proposed())
      .when(acceptConvening, { by: 'marc', communityMembers: ['zoe'] })
      .thenRefused('NOT_A_COMMUNITY_MEMBER');
  });

  it('takes a repeated acceptance for the same, and none from a convener who left it once it was active', () => {
    given(circle, proposed(), admittedConvener).when(acceptConvening, { by: 'marc', communityMembers }).thenNothing();
    given(circle, proposed(), admittedConvener, activated, {
      type: 'MemberLeftCircle',
      data: { memberId: 'marc', officesEnded: [], linksEnded: [] },
    })
      .when(acceptConvening, { by: 'marc', communityMembers })
      .thenRefused('CIRCLE_NOT_FORMING');
  });

  it('is not there before it is proposed', () =>
    given(circle).when(acceptConvening, { by: 'marc', communityMembers }).thenRefused('NOT_FOUND'));
});
