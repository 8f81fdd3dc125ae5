import type { AgreementEvent } from './agreement.events.js';
import { turnsOf } from './agreement-time.js';
import type { Agreement, KnownAgreement } from './agreement.states.js';

type DataOf<T extends AgreementEvent['type']> = Extract<AgreementEvent, { type: T }>['data'];

/** How an agreement moves on at each of some facts. */
export type AgreementSteps<T extends AgreementEvent['type'] = AgreementEvent['type']> = {
  readonly [K in T]: (state: Agreement, data: DataOf<K>) => Agreement;
};

export const knownAt = (state: Agreement, type: string): KnownAgreement => {
  if (state.state === 'absent') throw new Error(`${type} before the agreement took effect: the stream is corrupt`);
  return state;
};

type Terms = DataOf<'AgreementRenewed'> | DataOf<'AgreementTookEffect'>;

function termsOf({ version, content, reviewOn, expiresOn, onMissedReview, calendar, absent = [], decidedOn }: Terms) {
  const { text, measures, responsible } = content;
  const { overdueOn, lapsesOn } = calendar ?? turnsOf({ reviewOn, expiresOn, onMissedReview });
  const turns = { reviewOn, overdueOn, ...(lapsesOn === undefined ? {} : { lapsesOn }) };
  const zone = calendar?.zone ?? 'UTC';
  return { version, text, measures: measures.length, responsible, turns, zone, absent, decidedOn, announced: [] };
}

function next(state: Agreement, type: string, data: DataOf<'AgreementRenewed'>): Agreement {
  const it = knownAt(state, type);
  return { ...it, ...termsOf(data), decisions: [...it.decisions, data.proposalId] };
}

function ended(state: Agreement, how: 'Repealed' | 'Superseded', proposalId: string): Agreement {
  const it = knownAt(state, `Agreement${how}`);
  return { ...it, ended: how, decisions: [...it.decisions, proposalId] };
}

/** What decisions make of an agreement. */
export const agreementSteps: AgreementSteps<
  'AgreementTookEffect' | 'AgreementRenewed' | 'AgreementAmended' | 'AgreementRepealed' | 'AgreementSuperseded'
> = {
  AgreementTookEffect: (_, data) => {
    const { agreementId, circleId, communityId, proposalId } = data;
    return { state: 'known', agreementId, circleId, communityId, decisions: [proposalId], ...termsOf(data) };
  },
  AgreementRenewed: (state, data) => next(state, 'AgreementRenewed', data),
  AgreementAmended: (state, data) => next(state, 'AgreementAmended', data),
  AgreementRepealed: (state, { proposalId }) => ended(state, 'Repealed', proposalId),
  AgreementSuperseded: (state, { proposalId }) => ended(state, 'Superseded', proposalId),
};
