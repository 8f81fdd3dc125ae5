import type { Recorded } from '@app/kernel';
import { recorder } from '@app/read-store/testing';
import type { LogbookEvent } from '../domain/agreement.events.js';
import type { AgreementEvent } from '../domain/agreement.events.js';
import type { ProposalEvent } from '../domain/proposal.events.js';

const about = { community: 'solidarite', circle: 'racines' };
export const roster = ['ana', 'zoe', 'luc', 'ines'];

/** Events of one proposal as they come out of the log, positions rising. */
export const recorderOf = (proposalId: string) =>
  recorder<ProposalEvent>({ ...about, stream: `proposal-${proposalId}`, at: '2027-02-11T23:30:00.000Z' });
export const agreementsOf = recorder<AgreementEvent>({ ...about, stream: 'agreement-a1' });
export const logbookOf = recorder<LogbookEvent>({
  ...about,
  stream: 'logbook-racines',
  recordedAt: '2027-02-11T23:31:00.000Z',
});

const own = (by: string) => ({ by, enteredBy: by, channel: 'own' as const });
export const content = {
  title: 'Frais 40 $',
  text: 'La cotisation est de 40 $.',
  need: 'La salle coûte plus cher.',
  example: 'En janvier, il a manqué 60 $.',
  reviewOn: '2027-08-12',
  measures: ['étudiants inscrits'],
  onMissedReview: 'Continue' as const,
};

/** A proposal told event by event: what the read model is made from. */
export class Told {
  readonly facts: Recorded[] = [];
  private readonly happened: ReturnType<typeof recorderOf>;

  constructor(readonly proposalId = 'p1') {
    this.happened = recorderOf(proposalId);
  }

  add<T extends ProposalEvent['type']>(type: T, data: Extract<ProposalEvent, { type: T }>['data']): this {
    this.facts.push(this.happened(type, data as never));
    return this;
  }

  drafted(more: object = {}): this {
    const { title, text, need, example } = content;
    const words = { title, text, need, example, ...more };
    const identity = { proposalId: this.proposalId, circleId: 'racines', communityId: 'solidarite', author: 'ana' };
    return this.add('ProposalDrafted', { ...identity, ...words });
  }

  presented(): this {
    const data = { version: 1, content, meetingId: 'm1', by: 'ana', warnings: ['NO_MEASURES'] };
    return this.drafted().add('ProposalPresented', data);
  }

  heard(): this {
    return this.presented()
      .add('ClarifyingOpened', { version: 1, by: 'zoe' })
      .add('ClarificationAsked', { questionId: 'q1', version: 1, ...own('luc'), text: 'Pour tous?' })
      .add('ClarificationAnswered', { questionId: 'q1', version: 1, ...own('ana'), text: 'Oui.' })
      .add('ReactingOpened', { version: 1, by: 'zoe', order: ['zoe', 'luc', 'ines', 'ana'] })
      .add('ReactionRecorded', { version: 1, by: 'ines', enteredBy: 'luc', channel: 'paper', text: 'C’est cher.' })
      .add('ReactionsClosed', { by: 'zoe', missing: ['zoe', 'luc', 'ana'] });
  }

  round(roundId = 'r1', version = 1): this {
    return this.add('ConsentRoundOpened', {
      ...{ roundId, version, roster, present: ['ana', 'zoe', 'luc'], quorum: 3, fundamental: false },
      rules: { absenceMode: 'AllRequired', quorum: { numerator: 2, denominator: 3, minimum: 3 }, maxReviewMonths: 24 },
      ...{ facilitator: 'zoe', secretary: 'luc', meetingId: 'm1', circleRevision: 7, by: 'zoe' },
    });
  }

  consent(by: string, concern?: string, roundId = 'r1', version = 1): this {
    return this.add('ConsentGiven', { roundId, version, ...own(by), ...(concern === undefined ? {} : { concern }) });
  }

  objection(by = 'ines', objectionId = 'o1'): this {
    const words = { argument: 'Des étudiants partiront.', affects: 'Notre but', kind: 'HindersCircleAim' as const };
    return this.add('ObjectionRaised', { objectionId, roundId: 'r1', version: 1, ...own(by), ...words });
  }

  closed(outcome: 'consent' | 'objections', open: string[] = [], roundId = 'r1', version = 1): this {
    return this.add('ConsentRoundClosed', { roundId, version, outcome, open, answered: roster, quorum: 3 });
  }

  amended(to: number, by = 'ana'): this {
    const changed = { ...content, text: `Version ${to}.`, reviewOn: '2027-05-11' };
    const data = { from: to - 1, to, base: to - 1, content: changed, why: 'L’accès', by, substantial: false };
    return this.add('ProposalAmended', { ...data, objectionIds: ['o1'], warnings: [] });
  }

  decided(version = 1, roundId = 'r1', effectKind?: 'admitMember'): this {
    return this.add('DecisionReached', {
      ...{ version, roundId, agreementId: 'a1', rule: 'AllRequired', fundamental: false, explicit: roster, silent: [] },
      ...{ unreached: [], concerns: ['luc'], orphaned: [], decidedOn: '2027-02-11' },
      ...(effectKind === undefined ? {} : { effectKind }),
    });
  }
}
