create table "checkpoint" (
  "projection" text not null primary key,
  "version" integer not null,
  "position" text not null,
  "previous" text not null,
  "eventId" text not null
) strict;

create table "forgotten" (
  "memberId" text not null primary key
) strict;

create table "acting_officer" (
  "circleId" text not null,
  "office" text not null,
  "memberId" text not null,
  "communityId" text not null,
  "actingAs" text not null,
  "until" text,
  "fromPosition" text not null,
  "toPosition" text,
  primary key ("circleId", "office", "fromPosition")
) strict;

create unique index "acting_officer_current" on "acting_officer" ("circleId", "office") where "toPosition" is null;

create table "admission_offer" (
  "circleId" text not null,
  "memberId" text not null,
  "communityId" text not null,
  "offeredBy" text not null,
  "offeredAt" text not null,
  primary key ("circleId", "memberId")
) strict, without rowid;

create index "admission_offer_memberId" on "admission_offer" ("memberId");

create table "agreement" (
  "agreementId" text not null,
  "circleId" text not null,
  "communityId" text not null,
  "proposalId" text not null,
  "version" integer not null,
  "state" text not null,
  "title" text,
  "text" text,
  "need" text,
  "example" text,
  "responsible" text,
  "domainItemId" text,
  "measures" text /* json */ not null,
  "resources" text,
  "effect" text /* json */,
  "concerns" text /* json */ not null,
  "decidedOn" text not null,
  "effectiveFrom" text not null,
  "reviewOn" text not null,
  "expiresOn" text,
  "onMissedReview" text not null,
  "zone" text not null,
  "overdueOn" text not null,
  "lapsesOn" text,
  "supersedes" text,
  "supersededBy" text,
  "endedOn" text,
  "endedBy" text,
  "position" text not null,
  primary key ("agreementId")
) strict, without rowid;

create index "agreement_circleId_position" on "agreement" ("circleId", "position");

create index "agreement_proposalId" on "agreement" ("proposalId");

create table "agreement_moment" (
  "momentId" text not null,
  "agreementId" text not null,
  "circleId" text not null,
  "kind" text not null,
  "version" integer,
  "day" text,
  "by" text,
  "text" text /* personal of by */,
  "happenedAt" text not null,
  "position" text not null,
  primary key ("momentId")
) strict, without rowid;

create index "agreement_moment_agreementId_position" on "agreement_moment" ("agreementId", "position");

create table "agreement_turn" (
  "agreementId" text not null,
  "turn" text not null,
  "communityId" text not null,
  "version" integer not null,
  "at" text not null,
  primary key ("agreementId", "turn")
) strict, without rowid;

create index "agreement_turn_at" on "agreement_turn" ("at");

create table "agreement_version" (
  "agreementId" text not null,
  "version" integer not null,
  "how" text not null,
  "proposalId" text not null,
  "circleId" text not null,
  "title" text,
  "text" text,
  "responsible" text,
  "measures" text /* json */ not null,
  "concerns" text /* json */ not null,
  "decidedOn" text not null,
  "effectiveFrom" text not null,
  "reviewOn" text not null,
  "expiresOn" text,
  "onMissedReview" text not null,
  primary key ("agreementId", "version")
) strict, without rowid;

create table "audit_entry" (
  "position" text not null,
  "eventId" text not null,
  "communityId" text not null,
  "circleId" text,
  "category" text not null,
  "type" text not null,
  "stream" text not null,
  "revision" integer not null,
  "actor" text not null,
  "office" text,
  "command" text not null,
  "occurredAt" text not null,
  "recordedAt" text not null,
  "causeId" text,
  "correlationId" text not null,
  "particulars" text /* json */ not null,
  primary key ("position")
) strict, without rowid;

create index "audit_entry_circleId_position" on "audit_entry" ("circleId", "position");

create index "audit_entry_communityId_recordedAt" on "audit_entry" ("communityId", "recordedAt");

create index "audit_entry_eventId" on "audit_entry" ("eventId");

create index "audit_entry_communityId_position" on "audit_entry" ("communityId", "position");

create table "circle" (
  "circleId" text not null,
  "communityId" text not null,
  "parentId" text,
  "name" text,
  "aim" text,
  "category" text not null,
  "state" text not null,
  "accepted" integer /* bool */ not null,
  "convenerId" text not null,
  "zone" text not null,
  "meetingsPerYear" integer not null,
  "rules" text /* json */ not null,
  "proposedAt" text not null,
  "fromPosition" text not null,
  "toPosition" text,
  primary key ("circleId", "fromPosition")
) strict;

create unique index "circle_current" on "circle" ("circleId") where "toPosition" is null;

create index "circle_communityId" on "circle" ("communityId");

create index "circle_parentId" on "circle" ("parentId");

create table "circle_member" (
  "circleId" text not null,
  "memberId" text not null,
  "communityId" text not null,
  "how" text not null,
  "since" text not null,
  "fromPosition" text not null,
  "toPosition" text,
  primary key ("circleId", "memberId", "fromPosition")
) strict;

create unique index "circle_member_current" on "circle_member" ("circleId", "memberId") where "toPosition" is null;

create index "circle_member_memberId" on "circle_member" ("memberId");

create table "clarification" (
  "questionId" text not null,
  "proposalId" text not null,
  "version" integer not null,
  "by" text not null,
  "enteredBy" text not null,
  "channel" text not null,
  "text" text /* personal of by */,
  "askedAt" text not null,
  "answeredBy" text,
  "answerEnteredBy" text,
  "answerChannel" text,
  "answer" text /* personal of answeredBy */,
  "answeredAt" text,
  "position" text not null,
  primary key ("questionId")
) strict, without rowid;

create index "clarification_proposalId_position" on "clarification" ("proposalId", "position");

create table "community" (
  "communityId" text not null,
  "name" text,
  "zone" text not null,
  "founderId" text not null,
  "rootCircleId" text not null,
  "foundedAt" text not null,
  primary key ("communityId")
) strict, without rowid;

create table "community_member" (
  "communityId" text not null,
  "memberId" text not null,
  "how" text not null,
  "joinedAt" text not null,
  "fromPosition" text not null,
  "toPosition" text,
  primary key ("communityId", "memberId", "fromPosition")
) strict;

create unique index "community_member_current" on "community_member" ("communityId", "memberId") where "toPosition" is null;

create table "consent_answer" (
  "answerId" text not null,
  "roundId" text not null,
  "proposalId" text not null,
  "version" integer not null,
  "by" text not null,
  "enteredBy" text not null,
  "channel" text not null,
  "kind" text not null,
  "concern" text /* personal of by */,
  "concerned" integer /* bool */ not null,
  "objectionId" text,
  "stands" integer /* bool */ not null,
  "disputed" integer /* bool */ not null,
  "answeredAt" text not null,
  "position" text not null,
  primary key ("proposalId", "roundId", "by", "answerId")
) strict, without rowid;

create table "consent_place" (
  "proposalId" text not null,
  "roundId" text not null,
  "memberId" text not null,
  "rank" integer not null,
  "inRoom" integer /* bool */ not null,
  "answered" text not null,
  "objectionId" text,
  primary key ("proposalId", "roundId", "memberId")
) strict, without rowid;

create table "consent_round" (
  "roundId" text not null,
  "proposalId" text not null,
  "version" integer not null,
  "quorum" integer not null,
  "rules" text /* json */ not null,
  "fundamental" integer /* bool */ not null,
  "facilitator" text not null,
  "secretary" text not null,
  "meetingId" text not null,
  "circleRevision" integer not null,
  "outcome" text not null,
  "voidCause" text,
  "objected" integer /* bool */ not null,
  "openedAt" text not null,
  "closedAt" text,
  "position" text not null,
  primary key ("roundId")
) strict, without rowid;

create index "consent_round_proposalId_position" on "consent_round" ("proposalId", "position");

create table "domain_item" (
  "circleId" text not null,
  "itemId" text not null,
  "communityId" text not null,
  "text" text,
  "delegatedTo" text,
  "fromPosition" text not null,
  "toPosition" text,
  primary key ("circleId", "itemId", "fromPosition")
) strict;

create unique index "domain_item_current" on "domain_item" ("circleId", "itemId") where "toPosition" is null;

create table "election" (
  "electionId" text not null,
  "circleId" text not null,
  "communityId" text not null,
  "office" text not null,
  "seat" integer not null,
  "cause" text not null,
  "calledBy" text not null,
  "calledAt" text not null,
  "phase" text not null,
  "round" integer not null,
  "duties" text,
  "qualities" text,
  "termFrom" text,
  "termTo" text,
  "warnings" text /* json */ not null,
  "leadId" text,
  "proposerId" text,
  "personId" text,
  "roundId" text,
  "meetingId" text,
  "electedId" text,
  "electedOn" text,
  "effectRefused" text,
  "cancelledBy" text,
  "cancelReason" text /* personal of cancelledBy */,
  primary key ("electionId")
) strict, without rowid;

create index "election_circleId_calledAt" on "election" ("circleId", "calledAt");

create table "election_answer" (
  "roundId" text not null,
  "memberId" text not null,
  "electionId" text not null,
  "place" integer not null,
  "answer" text not null,
  "enteredBy" text,
  "channel" text,
  "concern" text /* personal of memberId */,
  "objectionId" text,
  "answeredAt" text,
  "isOpen" integer /* bool */ not null,
  primary key ("roundId", "memberId")
) strict, without rowid;

create index "election_answer_electionId" on "election_answer" ("electionId");

create table "election_decline" (
  "eventId" text not null,
  "electionId" text not null,
  "memberId" text not null,
  "reason" text /* personal of memberId */,
  "declinedAt" text not null,
  primary key ("eventId")
) strict, without rowid;

create index "election_decline_electionId" on "election_decline" ("electionId");

create table "election_envelope" (
  "electionId" text not null,
  "round" integer not null,
  "memberId" text not null,
  "place" integer not null,
  "isSealed" integer /* bool */ not null,
  primary key ("electionId", "round", "memberId")
) strict, without rowid;

create table "election_integration" (
  "integrationId" text not null,
  "objectionId" text not null,
  "electionId" text not null,
  "option" text not null,
  "memberId" text not null,
  "offer" text /* personal of memberId */,
  "duties" text,
  "termFrom" text,
  "termTo" text,
  "offeredAt" text not null,
  primary key ("integrationId")
) strict, without rowid;

create index "election_integration_electionId" on "election_integration" ("electionId");

create table "election_nomination" (
  "electionId" text not null,
  "round" integer not null,
  "memberId" text not null,
  "place" integer not null,
  "nomineeId" text not null,
  "changedTo" text,
  "isCurrent" integer /* bool */ not null,
  primary key ("electionId", "round", "memberId")
) strict, without rowid;

create table "election_objection" (
  "objectionId" text not null,
  "electionId" text not null,
  "roundId" text not null,
  "memberId" text not null,
  "enteredBy" text not null,
  "channel" text not null,
  "argument" text /* personal of memberId */,
  "holderId" text not null,
  "adoptedArgument" text /* personal of holderId */,
  "status" text not null,
  "integrationId" text,
  "raisedAt" text not null,
  primary key ("objectionId")
) strict, without rowid;

create index "election_objection_electionId" on "election_objection" ("electionId");

create table "election_reason" (
  "reasonId" text not null,
  "electionId" text not null,
  "memberId" text not null,
  "enteredBy" text not null,
  "channel" text not null,
  "aboutId" text not null,
  "changedFrom" text,
  "reason" text /* personal of memberId */,
  "saidAt" text not null,
  "isCurrent" integer /* bool */ not null,
  primary key ("reasonId")
) strict, without rowid;

create index "election_reason_electionId" on "election_reason" ("electionId");

create table "election_round" (
  "roundId" text not null,
  "electionId" text not null,
  "personId" text not null,
  "leadId" text not null,
  "meetingId" text not null,
  "termFrom" text not null,
  "termTo" text not null,
  "quorum" integer not null,
  "presentIds" text /* json */ not null,
  "openedAt" text not null,
  "closedAt" text,
  "outcome" text,
  primary key ("roundId")
) strict, without rowid;

create index "election_round_electionId" on "election_round" ("electionId");

create table "expert_assignment" (
  "circleId" text not null,
  "expertId" text not null,
  "communityId" text not null,
  "startsOn" text not null,
  "endsOn" text not null,
  "endsAt" text not null,
  "fromPosition" text not null,
  "toPosition" text,
  primary key ("circleId", "expertId", "fromPosition")
) strict;

create unique index "expert_assignment_current" on "expert_assignment" ("circleId", "expertId") where "toPosition" is null;

create index "expert_assignment_expertId" on "expert_assignment" ("expertId");

create table "log_entry" (
  "circleId" text not null,
  "year" integer not null,
  "number" integer not null,
  "communityId" text not null,
  "subjectKind" text not null,
  "subjectId" text not null,
  "agreementId" text,
  "date" text not null,
  "writtenAt" text not null,
  primary key ("circleId", "year", "number")
) strict, without rowid;

create index "log_entry_subjectId" on "log_entry" ("subjectId");

create table "meeting" (
  "meetingId" text not null,
  "circleId" text not null,
  "communityId" text not null,
  "status" text not null,
  "openedBy" text not null,
  "openedAt" text not null,
  "closedBy" text,
  "closedAt" text,
  "quorum" integer not null,
  "quorate" integer /* bool */ not null,
  "counted" integer /* bool */ not null,
  primary key ("meetingId")
) strict, without rowid;

create index "meeting_circleId_openedAt" on "meeting" ("circleId", "openedAt");

create table "meeting_presence" (
  "meetingId" text not null,
  "memberId" text not null,
  "inRoom" integer /* bool */ not null,
  "enteredBy" text not null,
  "since" text not null,
  primary key ("meetingId", "memberId")
) strict, without rowid;

create table "nominee_proposal" (
  "eventId" text not null,
  "electionId" text not null,
  "personId" text not null,
  "memberId" text not null,
  "rationale" text /* personal of memberId */,
  "cites" text /* json */ not null,
  "proposedAt" text not null,
  primary key ("eventId")
) strict, without rowid;

create index "nominee_proposal_electionId" on "nominee_proposal" ("electionId");

create table "objection" (
  "objectionId" text not null,
  "proposalId" text not null,
  "roundId" text not null,
  "version" integer not null,
  "by" text not null,
  "enteredBy" text not null,
  "channel" text not null,
  "kind" text not null,
  "argument" text /* personal of by */,
  "affects" text /* personal of by */,
  "remedy" text /* personal of by */,
  "holder" text not null,
  "status" text not null,
  "integrating" integer /* bool */ not null,
  "resolvedIn" integer,
  "how" text,
  "raisedAt" text not null,
  "position" text not null,
  primary key ("objectionId")
) strict, without rowid;

create index "objection_proposalId_position" on "objection" ("proposalId", "position");

create index "objection_roundId" on "objection" ("roundId");

create table "objection_judge" (
  "objectionId" text not null,
  "memberId" text not null,
  "rank" integer not null,
  "proposalId" text not null,
  "circleId" text not null,
  "judged" integer /* bool */ not null,
  primary key ("objectionId", "memberId")
) strict, without rowid;

create index "objection_judge_proposalId" on "objection_judge" ("proposalId");

create index "objection_judge_memberId_circleId" on "objection_judge" ("memberId", "circleId");

create table "objection_step" (
  "stepId" text not null,
  "objectionId" text not null,
  "proposalId" text not null,
  "kind" text not null,
  "by" text,
  "option" text,
  "text" text /* personal of by */,
  "argument" text /* personal of by */,
  "affects" text /* personal of by */,
  "version" integer,
  "how" text,
  "happenedAt" text not null,
  "position" text not null,
  primary key ("stepId")
) strict, without rowid;

create index "objection_step_objectionId_position" on "objection_step" ("objectionId", "position");

create table "office_term" (
  "termId" text not null,
  "circleId" text not null,
  "communityId" text not null,
  "office" text not null,
  "seat" integer not null,
  "memberId" text not null,
  "startsOn" text not null,
  "endsOn" text not null,
  "endsAt" text not null,
  "electionId" text,
  "fromPosition" text not null,
  "toPosition" text,
  primary key ("termId", "fromPosition")
) strict;

create unique index "office_term_current" on "office_term" ("termId") where "toPosition" is null;

create index "office_term_circleId" on "office_term" ("circleId");

create index "office_term_memberId" on "office_term" ("memberId");

create table "proposal" (
  "proposalId" text not null,
  "circleId" text not null,
  "communityId" text not null,
  "author" text not null,
  "phase" text not null,
  "version" integer not null,
  "title" text,
  "draftBy" text not null,
  "draftTitle" text /* personal of draftBy */,
  "draftText" text /* personal of draftBy */,
  "draftNeed" text /* personal of draftBy */,
  "draftExample" text /* personal of draftBy */,
  "draftEffect" text /* personal of draftBy */,
  "draftAgreement" text /* json */,
  "effectKind" text,
  "changes" text,
  "reviewOn" text,
  "roundId" text,
  "agreementId" text,
  "decidedOn" text,
  "refusedCode" text,
  "refusedDetails" text /* json */,
  "withdrawnBy" text,
  "withdrawnReason" text /* personal of withdrawnBy */,
  "draftedAt" text not null,
  "presentedAt" text,
  "changedAt" text not null,
  "draftedPosition" text not null,
  "changedPosition" text not null,
  primary key ("proposalId")
) strict, without rowid;

create index "proposal_circleId_draftedPosition" on "proposal" ("circleId", "draftedPosition");

create index "proposal_author" on "proposal" ("author");

create index "proposal_changes" on "proposal" ("changes");

create table "proposal_co_author" (
  "proposalId" text not null,
  "memberId" text not null,
  primary key ("proposalId", "memberId")
) strict, without rowid;

create table "proposal_version" (
  "proposalId" text not null,
  "version" integer not null,
  "title" text,
  "text" text,
  "need" text,
  "example" text,
  "responsible" text,
  "domainItemId" text,
  "reviewOn" text not null,
  "measures" text /* json */ not null,
  "resources" text,
  "expiresOn" text,
  "onMissedReview" text not null,
  "effect" text /* json */,
  "agreement" text /* json */,
  "cites" text /* json */ not null,
  "by" text not null,
  "why" text /* personal of by */,
  "base" integer,
  "substantial" integer /* bool */ not null,
  "objectionIds" text /* json */ not null,
  "warnings" text /* json */ not null,
  "meetingId" text,
  "kept" integer /* bool */ not null,
  "confirmed" integer /* bool */ not null,
  "publishedAt" text not null,
  primary key ("proposalId", "version")
) strict, without rowid;

create table "reaction" (
  "proposalId" text not null,
  "version" integer not null,
  "by" text not null,
  "enteredBy" text not null,
  "channel" text not null,
  "text" text /* personal of by */,
  "reactedAt" text not null,
  "position" text not null,
  primary key ("proposalId", "version", "by")
) strict, without rowid;

create index "reaction_proposalId_position" on "reaction" ("proposalId", "position");

create table "split_plan" (
  "circleId" text not null,
  "memberId" text not null,
  "communityId" text not null,
  "plan" text,
  "dueOn" text not null,
  primary key ("circleId", "memberId")
) strict, without rowid;

create table "waiting_decision" (
  "memberId" text not null,
  "kind" text not null,
  "subject" text not null,
  "role" text not null,
  "objectionId" text,
  "proposalId" text not null,
  "circleId" text not null,
  "communityId" text not null,
  "due" integer /* bool */ not null,
  "since" text not null,
  "position" text not null,
  primary key ("memberId", "kind", "subject")
) strict, without rowid;

create index "waiting_decision_memberId_position" on "waiting_decision" ("memberId", "position");

create index "waiting_decision_proposalId_kind" on "waiting_decision" ("proposalId", "kind");

create index "waiting_decision_subject" on "waiting_decision" ("subject");

create table "waiting_election" (
  "electionId" text not null,
  "memberId" text not null,
  "kind" text not null,
  "circleId" text not null,
  "communityId" text not null,
  "since" text not null,
  "objectionId" text,
  "isLast" integer /* bool */ not null,
  "isActive" integer /* bool */ not null,
  primary key ("electionId", "memberId", "kind")
) strict, without rowid;

create index "waiting_election_memberId" on "waiting_election" ("memberId");
