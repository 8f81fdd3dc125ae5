create table if not exists "generation" (
  "generation" bigint generated always as identity primary key,
  "layout" text not null,
  "structure" text not null,
  "projections" json not null,
  "position" text collate "C" not null,
  "previous" text collate "C" not null,
  "eventId" text not null
);

create table if not exists "live" (
  "one" boolean primary key default true check ("one"),
  "generation" bigint,
  "previous" bigint,
  "why" text not null,
  "unclean" text not null default ''
);

create table "forgotten" (
  "memberId" text collate "C" not null primary key
);

create table "acting_officer" (
  "circleId" text collate "C" not null,
  "office" text collate "C" not null,
  "memberId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "actingAs" text collate "C" not null,
  "until" text collate "C",
  "fromPosition" text collate "C" not null,
  "toPosition" text collate "C",
  primary key ("circleId", "office", "fromPosition")
);

create unique index "acting_officer_current" on "acting_officer" ("circleId", "office") where "toPosition" is null;

create table "admission_offer" (
  "circleId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "offeredBy" text collate "C" not null,
  "offeredAt" text collate "C" not null,
  primary key ("circleId", "memberId")
);

create index "admission_offer_memberId" on "admission_offer" ("memberId");

create table "agreement" (
  "agreementId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "proposalId" text collate "C" not null,
  "version" bigint not null,
  "state" text collate "C" not null,
  "title" text collate "C",
  "text" text collate "C",
  "need" text collate "C",
  "example" text collate "C",
  "responsible" text collate "C",
  "domainItemId" text collate "C",
  "measures" json not null,
  "resources" text collate "C",
  "effect" json,
  "concerns" json not null,
  "decidedOn" text collate "C" not null,
  "effectiveFrom" text collate "C" not null,
  "reviewOn" text collate "C" not null,
  "expiresOn" text collate "C",
  "onMissedReview" text collate "C" not null,
  "zone" text collate "C" not null,
  "overdueOn" text collate "C" not null,
  "lapsesOn" text collate "C",
  "supersedes" text collate "C",
  "supersededBy" text collate "C",
  "endedOn" text collate "C",
  "endedBy" text collate "C",
  "position" text collate "C" not null,
  primary key ("agreementId")
);

create index "agreement_circleId_position" on "agreement" ("circleId", "position");

create index "agreement_proposalId" on "agreement" ("proposalId");

create table "agreement_moment" (
  "momentId" text collate "C" not null,
  "agreementId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "kind" text collate "C" not null,
  "version" bigint,
  "day" text collate "C",
  "by" text collate "C",
  "text" text collate "C" /* personal of by */,
  "happenedAt" text collate "C" not null,
  "position" text collate "C" not null,
  primary key ("momentId")
);

create index "agreement_moment_agreementId_position" on "agreement_moment" ("agreementId", "position");

create table "agreement_turn" (
  "agreementId" text collate "C" not null,
  "turn" text collate "C" not null,
  "communityId" text collate "C" not null,
  "version" bigint not null,
  "at" text collate "C" not null,
  primary key ("agreementId", "turn")
);

create index "agreement_turn_at" on "agreement_turn" ("at");

create table "agreement_version" (
  "agreementId" text collate "C" not null,
  "version" bigint not null,
  "how" text collate "C" not null,
  "proposalId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "title" text collate "C",
  "text" text collate "C",
  "responsible" text collate "C",
  "measures" json not null,
  "concerns" json not null,
  "decidedOn" text collate "C" not null,
  "effectiveFrom" text collate "C" not null,
  "reviewOn" text collate "C" not null,
  "expiresOn" text collate "C",
  "onMissedReview" text collate "C" not null,
  primary key ("agreementId", "version")
);

create table "audit_entry" (
  "position" text collate "C" not null,
  "eventId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "circleId" text collate "C",
  "category" text collate "C" not null,
  "type" text collate "C" not null,
  "stream" text collate "C" not null,
  "revision" bigint not null,
  "actor" text collate "C" not null,
  "office" text collate "C",
  "command" text collate "C" not null,
  "occurredAt" text collate "C" not null,
  "recordedAt" text collate "C" not null,
  "causeId" text collate "C",
  "correlationId" text collate "C" not null,
  "particulars" json not null,
  primary key ("position")
);

create index "audit_entry_circleId_position" on "audit_entry" ("circleId" nulls first, "position");

create index "audit_entry_communityId_recordedAt" on "audit_entry" ("communityId", "recordedAt");

create index "audit_entry_eventId" on "audit_entry" ("eventId");

create index "audit_entry_communityId_position" on "audit_entry" ("communityId", "position");

create table "circle" (
  "circleId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "parentId" text collate "C",
  "name" text collate "C",
  "aim" text collate "C",
  "category" text collate "C" not null,
  "state" text collate "C" not null,
  "accepted" boolean not null,
  "convenerId" text collate "C" not null,
  "zone" text collate "C" not null,
  "meetingsPerYear" bigint not null,
  "rules" json not null,
  "proposedAt" text collate "C" not null,
  "fromPosition" text collate "C" not null,
  "toPosition" text collate "C",
  primary key ("circleId", "fromPosition")
);

create unique index "circle_current" on "circle" ("circleId") where "toPosition" is null;

create index "circle_communityId" on "circle" ("communityId");

create index "circle_parentId" on "circle" ("parentId" nulls first);

create table "circle_member" (
  "circleId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "how" text collate "C" not null,
  "since" text collate "C" not null,
  "fromPosition" text collate "C" not null,
  "toPosition" text collate "C",
  primary key ("circleId", "memberId", "fromPosition")
);

create unique index "circle_member_current" on "circle_member" ("circleId", "memberId") where "toPosition" is null;

create index "circle_member_memberId" on "circle_member" ("memberId");

create table "clarification" (
  "questionId" text collate "C" not null,
  "proposalId" text collate "C" not null,
  "version" bigint not null,
  "by" text collate "C" not null,
  "enteredBy" text collate "C" not null,
  "channel" text collate "C" not null,
  "text" text collate "C" /* personal of by */,
  "askedAt" text collate "C" not null,
  "answeredBy" text collate "C",
  "answerEnteredBy" text collate "C",
  "answerChannel" text collate "C",
  "answer" text collate "C" /* personal of answeredBy */,
  "answeredAt" text collate "C",
  "position" text collate "C" not null,
  primary key ("questionId")
);

create index "clarification_proposalId_position" on "clarification" ("proposalId", "position");

create table "community" (
  "communityId" text collate "C" not null,
  "name" text collate "C",
  "zone" text collate "C" not null,
  "founderId" text collate "C" not null,
  "rootCircleId" text collate "C" not null,
  "foundedAt" text collate "C" not null,
  primary key ("communityId")
);

create table "community_member" (
  "communityId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "how" text collate "C" not null,
  "joinedAt" text collate "C" not null,
  "fromPosition" text collate "C" not null,
  "toPosition" text collate "C",
  primary key ("communityId", "memberId", "fromPosition")
);

create unique index "community_member_current" on "community_member" ("communityId", "memberId") where "toPosition" is null;

create table "consent_answer" (
  "answerId" text collate "C" not null,
  "roundId" text collate "C" not null,
  "proposalId" text collate "C" not null,
  "version" bigint not null,
  "by" text collate "C" not null,
  "enteredBy" text collate "C" not null,
  "channel" text collate "C" not null,
  "kind" text collate "C" not null,
  "concern" text collate "C" /* personal of by */,
  "concerned" boolean not null,
  "objectionId" text collate "C",
  "stands" boolean not null,
  "disputed" boolean not null,
  "answeredAt" text collate "C" not null,
  "position" text collate "C" not null,
  primary key ("proposalId", "roundId", "by", "answerId")
);

create table "consent_place" (
  "proposalId" text collate "C" not null,
  "roundId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "rank" bigint not null,
  "inRoom" boolean not null,
  "answered" text collate "C" not null,
  "objectionId" text collate "C",
  primary key ("proposalId", "roundId", "memberId")
);

create table "consent_round" (
  "roundId" text collate "C" not null,
  "proposalId" text collate "C" not null,
  "version" bigint not null,
  "quorum" bigint not null,
  "rules" json not null,
  "fundamental" boolean not null,
  "facilitator" text collate "C" not null,
  "secretary" text collate "C" not null,
  "meetingId" text collate "C" not null,
  "circleRevision" bigint not null,
  "outcome" text collate "C" not null,
  "voidCause" text collate "C",
  "objected" boolean not null,
  "openedAt" text collate "C" not null,
  "closedAt" text collate "C",
  "position" text collate "C" not null,
  primary key ("roundId")
);

create index "consent_round_proposalId_position" on "consent_round" ("proposalId", "position");

create table "domain_item" (
  "circleId" text collate "C" not null,
  "itemId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "text" text collate "C",
  "delegatedTo" text collate "C",
  "fromPosition" text collate "C" not null,
  "toPosition" text collate "C",
  primary key ("circleId", "itemId", "fromPosition")
);

create unique index "domain_item_current" on "domain_item" ("circleId", "itemId") where "toPosition" is null;

create table "election" (
  "electionId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "office" text collate "C" not null,
  "seat" bigint not null,
  "cause" text collate "C" not null,
  "calledBy" text collate "C" not null,
  "calledAt" text collate "C" not null,
  "phase" text collate "C" not null,
  "round" bigint not null,
  "duties" text collate "C",
  "qualities" text collate "C",
  "termFrom" text collate "C",
  "termTo" text collate "C",
  "warnings" json not null,
  "leadId" text collate "C",
  "proposerId" text collate "C",
  "personId" text collate "C",
  "roundId" text collate "C",
  "meetingId" text collate "C",
  "electedId" text collate "C",
  "electedOn" text collate "C",
  "effectRefused" text collate "C",
  "cancelledBy" text collate "C",
  "cancelReason" text collate "C" /* personal of cancelledBy */,
  primary key ("electionId")
);

create index "election_circleId_calledAt" on "election" ("circleId", "calledAt");

create table "election_answer" (
  "roundId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "electionId" text collate "C" not null,
  "place" bigint not null,
  "answer" text collate "C" not null,
  "enteredBy" text collate "C",
  "channel" text collate "C",
  "concern" text collate "C" /* personal of memberId */,
  "objectionId" text collate "C",
  "answeredAt" text collate "C",
  "isOpen" boolean not null,
  primary key ("roundId", "memberId")
);

create index "election_answer_electionId" on "election_answer" ("electionId");

create table "election_decline" (
  "eventId" text collate "C" not null,
  "electionId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "reason" text collate "C" /* personal of memberId */,
  "declinedAt" text collate "C" not null,
  primary key ("eventId")
);

create index "election_decline_electionId" on "election_decline" ("electionId");

create table "election_envelope" (
  "electionId" text collate "C" not null,
  "round" bigint not null,
  "memberId" text collate "C" not null,
  "place" bigint not null,
  "isSealed" boolean not null,
  primary key ("electionId", "round", "memberId")
);

create table "election_integration" (
  "integrationId" text collate "C" not null,
  "objectionId" text collate "C" not null,
  "electionId" text collate "C" not null,
  "option" text collate "C" not null,
  "memberId" text collate "C" not null,
  "offer" text collate "C" /* personal of memberId */,
  "duties" text collate "C",
  "termFrom" text collate "C",
  "termTo" text collate "C",
  "offeredAt" text collate "C" not null,
  primary key ("integrationId")
);

create index "election_integration_electionId" on "election_integration" ("electionId");

create table "election_nomination" (
  "electionId" text collate "C" not null,
  "round" bigint not null,
  "memberId" text collate "C" not null,
  "place" bigint not null,
  "nomineeId" text collate "C" not null,
  "changedTo" text collate "C",
  "isCurrent" boolean not null,
  primary key ("electionId", "round", "memberId")
);

create table "election_objection" (
  "objectionId" text collate "C" not null,
  "electionId" text collate "C" not null,
  "roundId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "enteredBy" text collate "C" not null,
  "channel" text collate "C" not null,
  "argument" text collate "C" /* personal of memberId */,
  "holderId" text collate "C" not null,
  "adoptedArgument" text collate "C" /* personal of holderId */,
  "status" text collate "C" not null,
  "integrationId" text collate "C",
  "raisedAt" text collate "C" not null,
  primary key ("objectionId")
);

create index "election_objection_electionId" on "election_objection" ("electionId");

create table "election_reason" (
  "reasonId" text collate "C" not null,
  "electionId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "enteredBy" text collate "C" not null,
  "channel" text collate "C" not null,
  "aboutId" text collate "C" not null,
  "changedFrom" text collate "C",
  "reason" text collate "C" /* personal of memberId */,
  "saidAt" text collate "C" not null,
  "isCurrent" boolean not null,
  primary key ("reasonId")
);

create index "election_reason_electionId" on "election_reason" ("electionId");

create table "election_round" (
  "roundId" text collate "C" not null,
  "electionId" text collate "C" not null,
  "personId" text collate "C" not null,
  "leadId" text collate "C" not null,
  "meetingId" text collate "C" not null,
  "termFrom" text collate "C" not null,
  "termTo" text collate "C" not null,
  "quorum" bigint not null,
  "presentIds" json not null,
  "openedAt" text collate "C" not null,
  "closedAt" text collate "C",
  "outcome" text collate "C",
  primary key ("roundId")
);

create index "election_round_electionId" on "election_round" ("electionId");

create table "expert_assignment" (
  "circleId" text collate "C" not null,
  "expertId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "startsOn" text collate "C" not null,
  "endsOn" text collate "C" not null,
  "endsAt" text collate "C" not null,
  "fromPosition" text collate "C" not null,
  "toPosition" text collate "C",
  primary key ("circleId", "expertId", "fromPosition")
);

create unique index "expert_assignment_current" on "expert_assignment" ("circleId", "expertId") where "toPosition" is null;

create index "expert_assignment_expertId" on "expert_assignment" ("expertId");

create table "log_entry" (
  "circleId" text collate "C" not null,
  "year" bigint not null,
  "number" bigint not null,
  "communityId" text collate "C" not null,
  "subjectKind" text collate "C" not null,
  "subjectId" text collate "C" not null,
  "agreementId" text collate "C",
  "date" text collate "C" not null,
  "writtenAt" text collate "C" not null,
  primary key ("circleId", "year", "number")
);

create index "log_entry_subjectId" on "log_entry" ("subjectId");

create table "meeting" (
  "meetingId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "status" text collate "C" not null,
  "openedBy" text collate "C" not null,
  "openedAt" text collate "C" not null,
  "closedBy" text collate "C",
  "closedAt" text collate "C",
  "quorum" bigint not null,
  "quorate" boolean not null,
  "counted" boolean not null,
  primary key ("meetingId")
);

create index "meeting_circleId_openedAt" on "meeting" ("circleId", "openedAt");

create table "meeting_presence" (
  "meetingId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "inRoom" boolean not null,
  "enteredBy" text collate "C" not null,
  "since" text collate "C" not null,
  primary key ("meetingId", "memberId")
);

create table "nominee_proposal" (
  "eventId" text collate "C" not null,
  "electionId" text collate "C" not null,
  "personId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "rationale" text collate "C" /* personal of memberId */,
  "cites" json not null,
  "proposedAt" text collate "C" not null,
  primary key ("eventId")
);

create index "nominee_proposal_electionId" on "nominee_proposal" ("electionId");

create table "objection" (
  "objectionId" text collate "C" not null,
  "proposalId" text collate "C" not null,
  "roundId" text collate "C" not null,
  "version" bigint not null,
  "by" text collate "C" not null,
  "enteredBy" text collate "C" not null,
  "channel" text collate "C" not null,
  "kind" text collate "C" not null,
  "argument" text collate "C" /* personal of by */,
  "affects" text collate "C" /* personal of by */,
  "remedy" text collate "C" /* personal of by */,
  "holder" text collate "C" not null,
  "status" text collate "C" not null,
  "integrating" boolean not null,
  "resolvedIn" bigint,
  "how" text collate "C",
  "raisedAt" text collate "C" not null,
  "position" text collate "C" not null,
  primary key ("objectionId")
);

create index "objection_proposalId_position" on "objection" ("proposalId", "position");

create index "objection_roundId" on "objection" ("roundId");

create table "objection_judge" (
  "objectionId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "rank" bigint not null,
  "proposalId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "judged" boolean not null,
  primary key ("objectionId", "memberId")
);

create index "objection_judge_proposalId" on "objection_judge" ("proposalId");

create index "objection_judge_memberId_circleId" on "objection_judge" ("memberId", "circleId");

create table "objection_step" (
  "stepId" text collate "C" not null,
  "objectionId" text collate "C" not null,
  "proposalId" text collate "C" not null,
  "kind" text collate "C" not null,
  "by" text collate "C",
  "option" text collate "C",
  "text" text collate "C" /* personal of by */,
  "argument" text collate "C" /* personal of by */,
  "affects" text collate "C" /* personal of by */,
  "version" bigint,
  "how" text collate "C",
  "happenedAt" text collate "C" not null,
  "position" text collate "C" not null,
  primary key ("stepId")
);

create index "objection_step_objectionId_position" on "objection_step" ("objectionId", "position");

create table "office_term" (
  "termId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "office" text collate "C" not null,
  "seat" bigint not null,
  "memberId" text collate "C" not null,
  "startsOn" text collate "C" not null,
  "endsOn" text collate "C" not null,
  "endsAt" text collate "C" not null,
  "electionId" text collate "C",
  "fromPosition" text collate "C" not null,
  "toPosition" text collate "C",
  primary key ("termId", "fromPosition")
);

create unique index "office_term_current" on "office_term" ("termId") where "toPosition" is null;

create index "office_term_circleId" on "office_term" ("circleId");

create index "office_term_memberId" on "office_term" ("memberId");

create table "proposal" (
  "proposalId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "author" text collate "C" not null,
  "phase" text collate "C" not null,
  "version" bigint not null,
  "title" text collate "C",
  "draftBy" text collate "C" not null,
  "draftTitle" text collate "C" /* personal of draftBy */,
  "draftText" text collate "C" /* personal of draftBy */,
  "draftNeed" text collate "C" /* personal of draftBy */,
  "draftExample" text collate "C" /* personal of draftBy */,
  "draftEffect" text collate "C" /* personal of draftBy */,
  "draftAgreement" json,
  "effectKind" text collate "C",
  "changes" text collate "C",
  "reviewOn" text collate "C",
  "roundId" text collate "C",
  "agreementId" text collate "C",
  "decidedOn" text collate "C",
  "refusedCode" text collate "C",
  "refusedDetails" json,
  "withdrawnBy" text collate "C",
  "withdrawnReason" text collate "C" /* personal of withdrawnBy */,
  "draftedAt" text collate "C" not null,
  "presentedAt" text collate "C",
  "changedAt" text collate "C" not null,
  "draftedPosition" text collate "C" not null,
  "changedPosition" text collate "C" not null,
  primary key ("proposalId")
);

create index "proposal_circleId_draftedPosition" on "proposal" ("circleId", "draftedPosition");

create index "proposal_author" on "proposal" ("author");

create index "proposal_changes" on "proposal" ("changes" nulls first);

create table "proposal_co_author" (
  "proposalId" text collate "C" not null,
  "memberId" text collate "C" not null,
  primary key ("proposalId", "memberId")
);

create table "proposal_version" (
  "proposalId" text collate "C" not null,
  "version" bigint not null,
  "title" text collate "C",
  "text" text collate "C",
  "need" text collate "C",
  "example" text collate "C",
  "responsible" text collate "C",
  "domainItemId" text collate "C",
  "reviewOn" text collate "C" not null,
  "measures" json not null,
  "resources" text collate "C",
  "expiresOn" text collate "C",
  "onMissedReview" text collate "C" not null,
  "effect" json,
  "agreement" json,
  "cites" json not null,
  "by" text collate "C" not null,
  "why" text collate "C" /* personal of by */,
  "base" bigint,
  "substantial" boolean not null,
  "objectionIds" json not null,
  "warnings" json not null,
  "meetingId" text collate "C",
  "kept" boolean not null,
  "confirmed" boolean not null,
  "publishedAt" text collate "C" not null,
  primary key ("proposalId", "version")
);

create table "reaction" (
  "proposalId" text collate "C" not null,
  "version" bigint not null,
  "by" text collate "C" not null,
  "enteredBy" text collate "C" not null,
  "channel" text collate "C" not null,
  "text" text collate "C" /* personal of by */,
  "reactedAt" text collate "C" not null,
  "position" text collate "C" not null,
  primary key ("proposalId", "version", "by")
);

create index "reaction_proposalId_position" on "reaction" ("proposalId", "position");

create table "split_plan" (
  "circleId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "plan" text collate "C",
  "dueOn" text collate "C" not null,
  primary key ("circleId", "memberId")
);

create table "waiting_decision" (
  "memberId" text collate "C" not null,
  "kind" text collate "C" not null,
  "subject" text collate "C" not null,
  "role" text collate "C" not null,
  "objectionId" text collate "C",
  "proposalId" text collate "C" not null,
  "circleId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "due" boolean not null,
  "since" text collate "C" not null,
  "position" text collate "C" not null,
  primary key ("memberId", "kind", "subject")
);

create index "waiting_decision_memberId_position" on "waiting_decision" ("memberId", "position");

create index "waiting_decision_proposalId_kind" on "waiting_decision" ("proposalId", "kind");

create index "waiting_decision_subject" on "waiting_decision" ("subject");

create table "waiting_election" (
  "electionId" text collate "C" not null,
  "memberId" text collate "C" not null,
  "kind" text collate "C" not null,
  "circleId" text collate "C" not null,
  "communityId" text collate "C" not null,
  "since" text collate "C" not null,
  "objectionId" text collate "C",
  "isLast" boolean not null,
  "isActive" boolean not null,
  primary key ("electionId", "memberId", "kind")
);

create index "waiting_election_memberId" on "waiting_election" ("memberId");
