import { given } from '@app/kernel/testing';
import { amendProposal } from './amending.js';
import { giveConsent, raiseObjection } from './answers.js';
import { askClarification } from './clarifying.js';
import { openConsentRound } from './consent-round.js';
import { recordReaction } from './clarifying.js';
import { withdrawProposal } from './drafting.js';
import { confirmResolved, proposeIntegration } from './objections.js';
import { requestObjectionTest } from './objection-test.js';
import { proposal } from './proposal.js';
import {
  content,
  draft,
  everybody,
  fact,
  meeting,
  objected,
  opened,
  own,
  place,
  proposalStory,
  racines,
} from './racines.story.js';

const removal = { ...content, effect: { kind: 'removeMember' as const, memberId: 'luc' } };
const presented = [
  ...draft,
  fact('ProposalPresented', { version: 1, content: removal, meetingId: 'm1', by: 'ana', warnings: [] }),
];
const clarifying = [...presented, fact('ClarifyingOpened', { version: 1, by: 'zoe' })];
const order = ['marc', 'zoe', 'luc', 'lise', 'paul', 'ines', 'ana'];
const reacting = [...clarifying, fact('ReactingOpened', { version: 1, by: 'zoe', order })];
const kept = [
  ...reacting,
  fact('ReactionsClosed', { by: 'zoe', missing: [] }),
  fact('VersionKept', { version: 1, by: 'ana' }),
];
const six = everybody.filter((it) => it !== 'luc');
const open = { ...place, roundId: 'r1', version: 1, by: 'zoe' };
const round = { ...opened, roster: six, present: six, quorum: 4, fundamental: true };
const inRound = [...kept, fact('ConsentRoundOpened', round)];
const say = (by: string) => ({ ...place, ...own(by), roundId: 'r1', version: 1 });

describe('a removal', () => {
  it('S15 lets the person it is about ask and react', () => {
    given(proposal, ...clarifying)
      .when(askClarification, { ...place, ...own('luc'), questionId: 'q1', text: 'Pourquoi maintenant?' })
      .thenTypes('ClarificationAsked');
    given(proposal, ...reacting)
      .when(recordReaction, { ...place, ...own('luc'), text: 'Je suis surpris.' })
      .thenTypes('ReactionRecorded');
  });

  it('S15 INV-24 asks everybody else, whatever the circle’s absence mode (INV-47)', () => {
    const lenient = { ...racines, rules: { ...racines.rules, absenceMode: 'PresentOnly' as const } };
    given(proposal, ...kept)
      .when(openConsentRound, { ...open, circle: lenient })
      .then(fact('ConsentRoundOpened', round));
  });

  it('S15 INV-24 takes no answer of theirs, and no word on an objection', () => {
    given(proposal, ...inRound)
      .when(giveConsent, say('luc'))
      .thenRefused('NOT_ON_ROSTER');
    const { objectionId, argument, affects, kind } = objected;
    given(proposal, ...inRound)
      .when(raiseObjection, { ...say('luc'), objectionId, argument, affects, kind })
      .thenRefused('NOT_ON_ROSTER');
    const story = proposalStory(inRound);
    story.do(raiseObjection, { ...say('ines'), objectionId, argument, affects, kind });
    for (const by of six.filter((it) => it !== 'ines')) story.do(giveConsent, say(by));
    const offer = { ...place, by: 'luc', objectionId, integrationId: 'i1', option: 'amendText' as const };
    expect(story.refused(proposeIntegration, offer)).toBe('NOT_ON_ROSTER');
    expect(story.refused(requestObjectionTest, { ...place, by: 'luc', objectionId })).toBe('NOT_ON_ROSTER');
    story.do(requestObjectionTest, { ...place, by: 'zoe', objectionId });
    expect(story.all('ObjectionTestRequested')[0]?.judges).not.toContain('luc');
  });

  it('S15 is decided by the others, the quorum counted among them', () => {
    const story = proposalStory(kept);
    story.do(openConsentRound, { ...open, meeting: { ...meeting, present: ['zoe', 'marc', 'ana', 'luc', 'lise'] } });
    for (const by of six) story.do(giveConsent, say(by));
    expect(story.all('DecisionReached')).toMatchObject([
      { explicit: six, fundamental: true, effectKind: 'removeMember' },
    ]);
    const few = { ...open, meeting: { ...meeting, present: ['zoe', 'marc', 'ana', 'luc'] } };
    expect(proposalStory(kept).refused(openConsentRound, few)).toBe('QUORUM_MISSING');
  });

  it('S15 is withdrawn where an objection finds another way', () => {
    const story = proposalStory(inRound);
    const { objectionId, affects, kind } = objected;
    const argument = 'Nous n’avons pas essayé de revoir son rôle.';
    story.do(raiseObjection, { ...say('ines'), objectionId, argument, affects, kind });
    for (const by of six.filter((it) => it !== 'ines')) story.do(giveConsent, say(by));
    const way = { text: 'Revoir son rôle avant le 1er février.', option: 'addMeasure' as const };
    story.do(proposeIntegration, { ...place, by: 'paul', objectionId, integrationId: 'i1', ...way });
    const changes = { text: 'Le rôle de secrétaire est revu avant le 1er février 2028.', effect: null };
    const why = 'Revoir le rôle d’abord.';
    story.do(amendProposal, {
      ...{ ...place, by: 'ana', base: 1, changes, why, substantial: true, objectionIds: [objectionId] },
    });
    story.do(confirmResolved, { ...place, by: 'ines', objectionId, version: 2 });
    story.do(withdrawProposal, { ...place, by: 'ana', reason: 'Nous revoyons son rôle d’abord.' });
    expect(story.state.phase).toBe('Withdrawn');
  });
});
