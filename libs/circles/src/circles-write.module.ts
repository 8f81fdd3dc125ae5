import { Module } from '@nestjs/common';
import { WhenCommunityFoundedThenProposeRootCircle } from './policies/when-community-founded-then-propose-root-circle.policy.js';
import { WhenLinkOfficeChangesThenAnnounceSeat } from './policies/when-link-office-changes-then-announce-seat.policy.js';
import { WhenMemberLeftCircleThenVacateLinkOffices } from './policies/when-member-left-circle-then-vacate-link-offices.policy.js';
import { WhenMemberLeftThenEndTheirAccess } from './policies/when-member-left-then-end-their-access.policy.js';
import { WhenMemberLeftThenWithdrawFromCircles } from './policies/when-member-left-then-withdraw-from-circles.policy.js';
import { WhenPersonalDataErasedThenForget } from './policies/when-personal-data-erased-then-forget.policy.js';
import { Communities, Standings } from './standing.js';
import { CircleDesk } from './write/circle-desk.js';
import { CircleFolds } from './write/circle-folds.js';
import * as community from './write/community.commands.js';
import * as convening from './write/convening.commands.js';
import * as domain from './write/domain.commands.js';
import * as experts from './write/experts.commands.js';
import * as forming from './write/forming.commands.js';
import * as linkSeats from './write/link-seats.commands.js';
import * as membership from './write/membership.commands.js';
import * as offices from './write/offices.commands.js';
import { FoldedCommunities, FoldedStandings } from './write/standings.service.js';

const handlers = [
  community.FoundCommunityHandler,
  community.RegisterMemberHandler,
  community.LeaveCommunityHandler,
  community.EraseMyDataHandler,
  convening.ProposeRootCircleHandler,
  convening.ProposeCircleHandler,
  convening.AcceptConveningHandler,
  forming.OfferAdmissionHandler,
  forming.AcceptAdmissionHandler,
  forming.DeclineAdmissionHandler,
  forming.VolunteerAsSecretaryHandler,
  forming.StepBackAsSecretaryHandler,
  forming.AcceptAimAndDomainHandler,
  forming.ActivateCircleHandler,
  membership.AdmitMemberHandler,
  membership.RemoveMemberHandler,
  membership.LeaveCircleHandler,
  membership.WithdrawFromCircleHandler,
  domain.ChangeDomainHandler,
  domain.ChangeAimHandler,
  offices.StartTermHandler,
  offices.ResignOfficeHandler,
  offices.VacateLinkOfficeHandler,
  experts.AssignExpertHandler,
  experts.EndExpertAssignmentHandler,
  linkSeats.AnnounceLinkSeatedHandler,
  linkSeats.AnnounceLinkSeatEndedHandler,
];

/** What happens by itself around circles: handed to the policy runner by the application. */
export const circlePolicies = [
  WhenCommunityFoundedThenProposeRootCircle,
  WhenLinkOfficeChangesThenAnnounceSeat,
  WhenMemberLeftCircleThenVacateLinkOffices,
  WhenMemberLeftThenEndTheirAccess,
  WhenMemberLeftThenWithdrawFromCircles,
  WhenPersonalDataErasedThenForget,
] as const;

/** The write side of circles and communities. The application provides CQRS, Streams, Clock, Vault, Forgetting and Departing to every module. */
@Module({
  providers: [
    ...handlers,
    ...circlePolicies,
    CircleDesk,
    CircleFolds,
    domain.DomainMover,
    { provide: Standings, useClass: FoldedStandings },
    { provide: Communities, useClass: FoldedCommunities },
  ],
  exports: [Standings, Communities, ...circlePolicies],
})
export class CirclesWriteModule {}
