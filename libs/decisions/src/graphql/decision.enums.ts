import { registerEnumType } from '@nestjs/graphql';
import { categories } from '../domain/effect.js';
import { agreementStatuses } from '../domain/agreement-time.js';
import { agreementActions, integrationOptions, missedReviews, objectionKinds } from '../domain/proposal.events.js';

/** A list of words as the enum of a schema. */
const words = <const T extends readonly string[]>(list: T): Record<string, T[number]> =>
  Object.fromEntries(list.map((it) => [it, it]));

export const ProposalPhase = words([
  'Draft',
  'Presented',
  'Clarifying',
  'Reacting',
  'Amending',
  'ConsentRound',
  'TestingObjection',
  'Integrating',
  'Decided',
  'Withdrawn',
] as const);
export const ObjectionKind = words(objectionKinds);
export const ObjectionStatus = words(['open', 'resolved', 'withdrawn', 'disputed', 'orphaned', 'setAside'] as const);
export const ObjectionStepKind = words([
  'integrationProposed',
  'resolved',
  'adopted',
  'orphaned',
  'disputed',
  'testRequested',
  'judged',
  'tested',
] as const);
export const IntegrationOption = words(integrationOptions);
export const RoundOutcome = words(['open', 'consent', 'objections', 'voided'] as const);
export const PlaceState = words(['owed', 'answered', 'consent', 'concern', 'objection', 'left'] as const);
export const AnswerKind = words(['consent', 'objection'] as const);
export const MissedReview = words(missedReviews);
export const AgreementAction = words(agreementActions);
export const AgreementStatus = words(agreementStatuses);
export const AgreementHow = words(['tookEffect', 'renewed', 'amended'] as const);
export const AgreementMomentKind = words([
  'tookEffect',
  'renewed',
  'amended',
  'repealed',
  'superseded',
  'reviewDue',
  'reviewOverdue',
  'lapsed',
] as const);
export const ConvenedCategory = words(categories);
export const LogSubject = words(['decision', 'election'] as const);
export const WaitingKind = words([
  'answer',
  'reaction',
  'settleText',
  'confirmVersion',
  'confirmResolved',
  'judgeObjection',
  'effectRefused',
] as const);
export const WaitingRole = words(['member', 'author', 'objector', 'facilitator'] as const);

registerEnumType(ProposalPhase, { name: 'ProposalPhase' });
registerEnumType(ObjectionKind, { name: 'ObjectionKind' });
registerEnumType(ObjectionStatus, {
  name: 'ObjectionStatus',
  description:
    'orphaned: its person left and nobody took it over. setAside: all the others said that it is none. Both stay as concerns.',
});
registerEnumType(ObjectionStepKind, { name: 'ObjectionStepKind' });
registerEnumType(IntegrationOption, { name: 'IntegrationOption' });
registerEnumType(RoundOutcome, { name: 'RoundOutcome' });
registerEnumType(PlaceState, {
  name: 'PlaceState',
  description: 'answered: they answered, and what is told inside the circle only.',
});
registerEnumType(AnswerKind, { name: 'AnswerKind' });
registerEnumType(MissedReview, { name: 'MissedReview' });
registerEnumType(AgreementAction, {
  name: 'AgreementAction',
  description:
    'renew: the same text for another while. amend: another text. repeal: it ends. supersede: a new agreement takes its place.',
});
registerEnumType(AgreementStatus, {
  name: 'AgreementStatus',
  description: 'What an agreement is today. It binds while it is InForce, ReviewDue or ReviewOverdue.',
});
registerEnumType(AgreementHow, { name: 'AgreementHow', description: 'How a version came to be.' });
registerEnumType(AgreementMomentKind, { name: 'AgreementMomentKind', description: 'What happened to an agreement.' });
registerEnumType(ConvenedCategory, { name: 'ConvenedCategory' });
registerEnumType(LogSubject, { name: 'LogSubject' });
registerEnumType(WaitingKind, {
  name: 'WaitingKind',
  description:
    'settleText: change the text or keep it. confirmVersion: say that another hand’s version still meets the need. ' +
    'confirmResolved: say whether the objection is resolved. judgeObjection: say whether it is one. effectRefused: what was decided could not be done.',
});
registerEnumType(WaitingRole, { name: 'WaitingRole' });
