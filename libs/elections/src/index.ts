export * from './domain/election.events.js';
export { electionRefusals } from './domain/refusals.js';
export { type Calling, electionCauses } from './domain/calling.js';
export { CallElection, CancelElection, DescribeRole } from './write/calling.commands.js';
export { Nominate, OpenNominations, RevealNominations } from './write/nomination.commands.js';
export { ChangeNomination, GiveReason, OpenChanges, OpenReasons } from './write/reason.commands.js';
export { HandOverLead, ProposeNominee } from './write/proposing.commands.js';
export {
  CloseElectionRound,
  DisputeElectionAnswer,
  GiveElectionConsent,
  OpenElectionConsent,
  RaiseElectionObjection,
} from './write/election-round.commands.js';
export {
  AdoptElectionObjection,
  ConfirmElectionIntegration,
  ProposeElectionIntegration,
} from './write/integrating.commands.js';
export { AcceptOffice, DeclineOffice } from './write/accepting.commands.js';
export { electionPolicies, ElectionsWriteModule } from './elections-write.module.js';
export { type WaitingKind } from './read/election.tables.js';
export { ElectionQueries } from './read/elections.query.js';
export { ElectionConnection, ElectionView } from './graphql/election.types.js';
export { ElectionsShown } from './graphql/elections-shown.js';
export { electionsCatalogues, ElectionsModule, electionsProjections } from './elections.module.js';
