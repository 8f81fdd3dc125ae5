import { answered, bool, event, id, list, maybe, oneOf, text, whole } from '@app/kernel';

export const objectionKinds = [
  'HindersCircleAim',
  'HindersMyWork',
  'RiskTooHigh',
  'WorthwhileImprovement',
  'OutsideDomain',
  'BreaksRuleOrLaw',
  'HarmBeyondCircle',
] as const;
export const integrationOptions = [
  'amendText',
  'narrowScope',
  'shortenTerm',
  'addMeasure',
  'pilot',
  'addSafeguard',
  'split',
  'helpingCircle',
  'askFacts',
  'keepUnchanged',
] as const;

/** What becomes of objections once everybody was heard. */
export const objectionsEvents = {
  IntegrationProposed: event({
    objectionId: id(),
    integrationId: id(),
    option: oneOf(integrationOptions),
    text: maybe(text({ member: 'by' }, 4_000)),
    by: id(),
  }),
  ObjectionResolved: event({
    objectionId: id(),
    by: id(),
    version: whole(),
    how: oneOf(['amended', 'kept', 'withdrawnInRound']),
  }),
  ObjectionAdopted: event({
    objectionId: id(),
    from: id(),
    by: id(),
    argument: text({ member: 'by' }, 8_000),
    affects: text({ member: 'by' }, 4_000),
  }),
  ObjectionOrphaned: event({ objectionId: id(), cause: oneOf(['authorLeft']) }),
  /** `minimum`: with fewer judges it stands. */
  ObjectionTestRequested: event({ objectionId: id(), by: id(), judges: list(id()), minimum: whole() }),
  ObjectionJudged: event({
    objectionId: id(),
    ...answered(),
    stands: bool(),
    reason: text({ member: 'by' }, 4_000),
  }),
  ObjectionTested: event({
    objectionId: id(),
    outcome: oneOf(['stands', 'setAside']),
    judges: list(id()),
    supporters: list(id()),
  }),
  ObjectionSetAsideAsConcern: event({ objectionId: id() }),
};
