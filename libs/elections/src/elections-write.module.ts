import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { WhenNominationsEndThenDestroyTheKey } from './policies/when-nominations-end-then-destroy-the-key.policy.js';
import { WhenOfficerElectedThenStartTerm } from './policies/when-officer-elected-then-start-term.policy.js';
import { WhenOfficerElectedThenWriteLogEntry } from './policies/when-officer-elected-then-write-log-entry.policy.js';
import * as accepting from './write/accepting.commands.js';
import * as calling from './write/calling.commands.js';
import * as round from './write/election-round.commands.js';
import { Floor } from './write/floor.js';
import * as integrating from './write/integrating.commands.js';
import * as nominations from './write/nomination.commands.js';
import * as proposing from './write/proposing.commands.js';
import * as reasons from './write/reason.commands.js';

const handlers = [
  calling.CallElectionHandler,
  calling.DescribeRoleHandler,
  calling.CancelElectionHandler,
  nominations.OpenNominationsHandler,
  nominations.NominateHandler,
  nominations.RevealNominationsHandler,
  reasons.OpenReasonsHandler,
  reasons.GiveReasonHandler,
  reasons.OpenChangesHandler,
  reasons.ChangeNominationHandler,
  proposing.ProposeNomineeHandler,
  proposing.HandOverLeadHandler,
  round.OpenElectionConsentHandler,
  round.GiveElectionConsentHandler,
  round.RaiseElectionObjectionHandler,
  round.DisputeElectionAnswerHandler,
  round.CloseElectionRoundHandler,
  integrating.ProposeElectionIntegrationHandler,
  integrating.ConfirmElectionIntegrationHandler,
  integrating.AdoptElectionObjectionHandler,
  accepting.AcceptOfficeHandler,
  accepting.DeclineOfficeHandler,
  accepting.RecordElectionEffectRefusedHandler,
];

/** What happens by itself around elections: handed to the policy runner by the application. */
export const electionPolicies = [
  WhenOfficerElectedThenStartTerm,
  WhenOfficerElectedThenWriteLogEntry,
  WhenNominationsEndThenDestroyTheKey,
] as const;

/** The write side of elections. The application provides Streams, Clock, Vault and the standings of circles and meetings to every module. */
@Module({
  imports: [CqrsModule],
  providers: [...handlers, ...electionPolicies, Floor],
  exports: [...electionPolicies],
})
export class ElectionsWriteModule {}
