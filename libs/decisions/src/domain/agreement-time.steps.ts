import type { AgreementEvent } from './agreement.events.js';
import { type AgreementSteps, knownAt } from './agreement.steps.js';
import type { agreementTimeEvents } from './agreement-time.events.js';

const announced =
  <T extends keyof typeof agreementTimeEvents>(type: T): AgreementSteps<AgreementEvent['type']>[T] =>
  (state) => {
    const it = knownAt(state, type);
    return { ...it, announced: [...it.announced, type] };
  };

export const agreementTimeSteps: AgreementSteps<keyof typeof agreementTimeEvents> = {
  ReviewBecameDue: announced('ReviewBecameDue'),
  ReviewBecameOverdue: announced('ReviewBecameOverdue'),
  AgreementLapsed: announced('AgreementLapsed'),
};
