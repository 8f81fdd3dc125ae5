export * from './domain/circle.events.js';
export * from './domain/community.events.js';
export * from './domain/rules.js';
export * from './standing.js';
export { circleRefusals } from './domain/circle.refusals.js';
export { communityRefusals } from './domain/community.js';
export type { DecisionRef, Link } from './domain/circle.js';
export { type Strength, strengthOf } from './domain/strength.js';
export * from './effect-refusal.js';
export {
  EraseMyData,
  FoundCommunity,
  LeaveCommunity,
  RegisterMember,
  rootCircleOf,
} from './write/community.commands.js';
export { AcceptConvening, ProposeCircle, ProposeRootCircle } from './write/convening.commands.js';
export {
  AcceptAdmission,
  AcceptAimAndDomain,
  ActivateCircle,
  DeclineAdmission,
  OfferAdmission,
  StepBackAsSecretary,
  VolunteerAsSecretary,
} from './write/forming.commands.js';
export { AdmitMember, LeaveCircle, RemoveMember, WithdrawFromCircle } from './write/membership.commands.js';
export { ChangeAim, ChangeDomain } from './write/domain.commands.js';
export { ResignOffice, StartTerm, VacateLinkOffice } from './write/offices.commands.js';
export { AssignExpert, EndExpertAssignment } from './write/experts.commands.js';
export { AnnounceLinkSeated, AnnounceLinkSeatEnded } from './write/link-seats.commands.js';
export { Departing, Forgetting } from './policies/forgetting.js';
export { circlePolicies, CirclesWriteModule } from './circles-write.module.js';
export { circlesCatalogues, CirclesModule, circlesProjections } from './circles.module.js';
export { CircleView, CommunityView, OrganisationView } from './graphql/circle.types.js';
export { circleAt } from './graphql/circle.resolver.js';
export { CircleQueries } from './read/circles.query.js';
