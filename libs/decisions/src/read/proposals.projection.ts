import { categoryOf, idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { type Projection, projection, type Rows } from '@app/read-store';
import type { Content, ProposalEvent } from '../domain/proposal.events.js';
import {
  coAuthorTable,
  type ProposalRow,
  proposalTable,
  questionTable,
  reactionTable,
  type VersionRow,
  versionTable,
} from './proposal.tables.js';

type Of<T extends ProposalEvent['type']> = RecordedOf<ProposalEvent, T>;
type Handler<T extends ProposalEvent['type']> = (fact: Of<T>, rows: Rows) => void;

/** The proposal's row moved on: what changed, and that it did. */
function change(fact: Recorded, rows: Rows, changes: Partial<ProposalRow> = {}): void {
  const { meta, position, stream } = fact;
  const moved = { changedAt: meta.occurredAt, changedPosition: position };
  rows.patch(proposalTable, { proposalId: idOf(stream) }, { ...changes, ...moved });
}

/** A handler that only moves the row on. */
const changes =
  <T extends ProposalEvent['type']>(of: (fact: Of<T>) => Partial<ProposalRow> = () => ({})): Handler<T> =>
  (fact, rows) =>
    change(fact, rows, of(fact));

type Words = Of<'DraftRevised'>['data'] | Of<'ProposalDrafted'>['data'];
const draftOf = ({ title, text, need, example, effect, agreement }: Words, draftBy: string) => ({
  draftBy,
  draftTitle: title,
  draftText: text,
  draftNeed: need ?? null,
  draftExample: example ?? null,
  draftEffect: effect === undefined ? null : JSON.stringify(effect),
  draftAgreement: agreement ?? null,
  effectKind: effect?.kind ?? null,
});
const noDraft = {
  ...{ draftTitle: null, draftText: null, draftNeed: null, draftExample: null },
  ...{ draftEffect: null, draftAgreement: null },
};

const contentOf = (content: Content) => {
  const { title, text, need, example, reviewOn, measures, onMissedReview } = content;
  const { responsible = null, domainItemId = null, resources = null, expiresOn = null, effect = null } = content;
  const { agreement = null, cites = [] } = content;
  const optional = { responsible, domainItemId, resources, expiresOn, effect, agreement, cites };
  return { title, text, need, example, reviewOn, measures, onMissedReview, ...optional };
};
const latest = ({ title, reviewOn, effect, agreement }: Content, version: number) => ({
  version,
  title,
  reviewOn,
  effectKind: effect?.kind ?? null,
  changes: agreement?.agreementId ?? null,
});

const newVersion = { kept: false, confirmed: false };

function drafted({ data, meta, position }: Of<'ProposalDrafted'>, rows: Rows): void {
  const { proposalId, circleId, communityId, author } = data;
  const nothingYet = { reviewOn: null, roundId: null, agreementId: null, decidedOn: null, presentedAt: null };
  rows.put(proposalTable, {
    ...{ proposalId, circleId, communityId, author, phase: 'Draft', version: 0, title: null, changes: null },
    ...draftOf(data, author),
    ...nothingYet,
    ...{ refusedCode: null, refusedDetails: null, withdrawnBy: null, withdrawnReason: null },
    ...{ draftedAt: meta.occurredAt, changedAt: meta.occurredAt },
    ...{ draftedPosition: position, changedPosition: position },
  });
}

function presented(fact: Of<'ProposalPresented'>, rows: Rows): void {
  const { data, meta, stream } = fact;
  const { version, content, meetingId, by, warnings } = data;
  const row: VersionRow = {
    ...{ proposalId: idOf(stream), version, ...contentOf(content), ...newVersion, by, why: null, base: null },
    ...{ substantial: false, objectionIds: [], warnings, meetingId, publishedAt: meta.occurredAt },
  };
  rows.put(versionTable, row);
  const presentedAt = meta.occurredAt;
  change(fact, rows, { phase: 'Presented', ...latest(content, version), ...noDraft, presentedAt });
}

function amended(fact: Of<'ProposalAmended'>, rows: Rows): void {
  const { data, meta, stream } = fact;
  const { to, base, content, why, by, substantial, objectionIds, warnings } = data;
  rows.put(versionTable, {
    ...{ proposalId: idOf(stream), version: to, ...contentOf(content), ...newVersion, by, why, base },
    ...{ substantial, objectionIds, warnings, meetingId: null, publishedAt: meta.occurredAt },
  });
  change(fact, rows, latest(content, to));
}

/** Proposals with their versions. A version never changes; what is said about it does. */
export const proposals: Projection = projection<ProposalEvent>({
  name: 'proposals',
  version: 2,
  tables: [proposalTable, coAuthorTable, versionTable],
  on: {
    ProposalDrafted: drafted,
    DraftRevised: changes(({ data }) => draftOf(data, data.by)),
    CoAuthorJoined: (fact, rows) => {
      rows.put(coAuthorTable, { proposalId: idOf(fact.stream), memberId: fact.data.memberId });
      change(fact, rows);
    },
    ProposalPresented: presented,
    ClarifyingOpened: changes(() => ({ phase: 'Clarifying' })),
    ClarificationAsked: changes(),
    ClarificationAnswered: changes(),
    ReactingOpened: changes(() => ({ phase: 'Reacting' })),
    ReactionRecorded: changes(),
    ReactionsClosed: changes(() => ({ phase: 'Amending' })),
    ProposalAmended: amended,
    VersionKept: (fact, rows) => {
      rows.patch(versionTable, { proposalId: idOf(fact.stream), version: fact.data.version }, { kept: true });
      change(fact, rows);
    },
    StillMeetsNeedConfirmed: (fact, rows) => {
      rows.patch(versionTable, { proposalId: idOf(fact.stream), version: fact.data.version }, { confirmed: true });
      change(fact, rows);
    },
    ConsentRoundOpened: changes(({ data }) => ({ phase: 'ConsentRound', roundId: data.roundId })),
    ConsentGiven: changes(),
    ObjectionRaised: changes(),
    AnswerDisputed: changes(),
    RosterReduced: changes(),
    ConsentRoundClosed: changes(({ data }) => (data.outcome === 'consent' ? {} : { phase: 'TestingObjection' })),
    ConsentRoundVoided: changes(() => ({ phase: 'Amending' })),
    IntegrationProposed: changes(() => ({ phase: 'Integrating' })),
    ObjectionResolved: changes(),
    ObjectionAdopted: changes(),
    ObjectionOrphaned: changes(),
    ObjectionTestRequested: changes(),
    ObjectionJudged: changes(),
    ObjectionTested: changes(),
    ObjectionSetAsideAsConcern: changes(),
    DecisionReached: changes(({ data }) => ({
      phase: 'Decided',
      agreementId: data.agreementId,
      decidedOn: data.decidedOn,
    })),
    EffectRefused: (fact, rows) => {
      // Elections have an event of this name too.
      if (categoryOf(fact.stream) !== 'proposal') return;
      change(fact, rows, { refusedCode: fact.data.code, refusedDetails: fact.data.details });
    },
    ProposalWithdrawn: changes(({ data }) => ({
      phase: 'Withdrawn',
      withdrawnBy: data.by,
      withdrawnReason: data.reason,
    })),
  },
});

/** What was asked and answered, and how each reacted. */
export const voices: Projection = projection<ProposalEvent>({
  name: 'proposal_voices',
  version: 1,
  tables: [questionTable, reactionTable],
  on: {
    ClarificationAsked: ({ data, meta, stream, position }, rows) => {
      const nothingYet = {
        answeredBy: null,
        answerEnteredBy: null,
        answerChannel: null,
        answer: null,
        answeredAt: null,
      };
      const place = { proposalId: idOf(stream), askedAt: meta.occurredAt, position };
      rows.put(questionTable, { ...data, ...place, ...nothingYet });
    },
    ClarificationAnswered: ({ data, meta }, rows) =>
      rows.patch(
        questionTable,
        { questionId: data.questionId },
        {
          answeredBy: data.by,
          answerEnteredBy: data.enteredBy,
          answerChannel: data.channel,
          answer: data.text,
          answeredAt: meta.occurredAt,
        },
      ),
    ReactionRecorded: ({ data, meta, stream, position }, rows) =>
      rows.put(reactionTable, { ...data, proposalId: idOf(stream), reactedAt: meta.occurredAt, position }),
  },
});
