import type { Decider } from '@app/kernel';
import type { AgreementEvent } from './agreement.events.js';

export type Agreement = { readonly state: 'absent' } | { readonly state: 'InForce'; readonly version: number };

/** The stream `agreement-<agreementId>`: a decision in force, until its review (method §3.9). */
export const agreement: Decider<Agreement, AgreementEvent> = {
  category: 'agreement',
  initial: { state: 'absent' },
  evolve: (_, { type, data }) => {
    switch (type) {
      case 'AgreementTookEffect':
        return { state: 'InForce', version: data.version };
    }
  },
};

type TookEffect = AgreementEvent['data'];

/**
 * A decision takes effect, once. There is nothing else an agreement can be told: its dates and its text are those that everybody
 * consented to, and a renewal is a new decision (INV-50).
 */
export function takeEffect(state: Agreement, input: TookEffect): AgreementEvent[] {
  if (state.state === 'InForce') return []; // INV-50
  return [{ type: 'AgreementTookEffect', data: input }];
}
