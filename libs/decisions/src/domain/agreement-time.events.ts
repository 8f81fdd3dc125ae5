import { day, event, whole } from '@app/kernel';

const turned = () => event({ version: whole(), effectiveOn: day() });

/** What time alone made of an agreement, announced so that people hear of it: no guard waits for these (method §3.9). */
export const agreementTimeEvents = {
  ReviewBecameDue: turned(),
  ReviewBecameOverdue: turned(),
  AgreementLapsed: turned(),
};
