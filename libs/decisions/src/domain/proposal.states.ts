import type { Channel } from '@app/kernel';
import type { Content, ProposalEvent, RoundRules } from './proposal.events.js';

export type DataOf<T extends ProposalEvent['type']> = Extract<ProposalEvent, { type: T }>['data'];

/** What the author has so far; its words are theirs until they are presented. */
export type Draft = Pick<DataOf<'ProposalDrafted'>, 'title' | 'text' | 'need' | 'example' | 'effect' | 'agreement'>;

export interface Version {
  readonly number: number;
  readonly content: Content;
  readonly by: string;
}

export interface Question {
  readonly by: string;
  readonly text: string | null;
  readonly answer?: { readonly by: string; readonly text: string | null };
}

/** The answer of one person that counts in the round: consent, or an objection by its id (INV-34). */
export interface Answer {
  readonly kind: 'consent' | 'objection';
  readonly enteredBy: string;
  readonly channel: Channel;
  readonly concern?: string | null;
  readonly objectionId?: string;
}

export interface Round {
  readonly roundId: string;
  readonly version: number;
  /** Who owes an answer, in order; shrinks when somebody loses membership. */
  readonly roster: readonly string[];
  readonly quorum: number;
  readonly rules: RoundRules;
  readonly fundamental: boolean;
  readonly answers: Readonly<Record<string, Answer>>;
}

export interface Objection {
  readonly objectionId: string;
  readonly roundId: string;
  readonly version: number;
  readonly by: string;
  /** Whose word resolves it: who raised it, or who adopted it. */
  readonly holder: string;
  readonly words: Pick<DataOf<'ObjectionRaised'>, 'argument' | 'affects' | 'kind' | 'remedy'>;
  readonly status: 'open' | 'resolved' | 'withdrawn' | 'orphaned' | 'disputed' | 'setAside';
  /** The version its holder found good. */
  readonly resolvedIn?: number;
}

/** The circle asks itself whether an objection is one (method §3.6). */
export interface ObjectionTest {
  readonly objectionId: string;
  /** Everybody on the roster but whose objection it is. */
  readonly judges: readonly string[];
  /** With fewer, it stands. */
  readonly minimum: number;
  /** Whether it stands, by who said so. */
  readonly judged: Readonly<Record<string, boolean>>;
}

interface Identity {
  readonly proposalId: string;
  readonly circleId: string;
  readonly communityId: string;
  readonly author: string;
  readonly coAuthors: readonly string[];
}

export interface OnTheTable extends Identity {
  readonly versions: readonly Version[];
  /** Every objection ever raised, by its id. */
  readonly objections: Readonly<Record<string, Objection>>;
  /** Versions of another hand that the author found to meet the need still. */
  readonly confirmed: readonly number[];
  /** The round last held, whatever came of it. */
  readonly lastRound?: Round;
  /** The objection that is being tested, if there is one: one at a time. */
  readonly test?: ObjectionTest;
  /** Rounds ever opened, so that a repeated opening is known. */
  readonly rounds: readonly string[];
}

export type Clarifying = OnTheTable & {
  readonly phase: 'Clarifying';
  readonly questions: Readonly<Record<string, Question>>;
};
export type Reacting = OnTheTable & {
  readonly phase: 'Reacting';
  /** Who is heard, the author last. */
  readonly order: readonly string[];
  readonly reactions: Readonly<Record<string, string | null>>;
};
export type Amending = OnTheTable & {
  readonly phase: 'Amending';
  /** The author has published a version or kept the one there was. */
  readonly settled: boolean;
  /** The latest version is substantially another one: it is clarified anew before anybody consents. */
  readonly clarifyAgain: boolean;
};
export type InRound = OnTheTable & { readonly phase: 'ConsentRound'; readonly round: Round };
export type Decided = OnTheTable & {
  readonly phase: 'Decided';
  readonly decision: DataOf<'DecisionReached'>;
  readonly effectRefused?: string;
};
export type Tabled =
  | (OnTheTable & { readonly phase: 'Presented' })
  | Clarifying
  | Reacting
  | Amending
  | InRound
  | (OnTheTable & { readonly phase: 'TestingObjection' })
  | (OnTheTable & { readonly phase: 'Integrating' })
  | Decided;

/** A proposal, by the phase it is in (method §3.2). */
export type Proposal =
  | { readonly phase: 'Absent' }
  | (Identity & { readonly phase: 'Draft'; readonly draft: Draft })
  | Tabled
  | (Identity & { readonly phase: 'Withdrawn' });
export type Phase = Proposal['phase'];
