import type { AmendProposal, ProposeIntegration, RaiseObjection } from '@app/decisions';
import type { Weekday } from './calendar.js';
import type { Who } from './people.js';

/** A day of the story; Sunday where none is named. */
export type Day = readonly [week: number, day?: Weekday];

/** What a proposal says and what is said about it. Spaces and apostrophes are set when it is sent. */
export interface ProposalText {
  /** Its name in the story: command ids come from it, so it never changes. */
  readonly key: string;
  readonly author: Who;
  readonly title: string;
  readonly text: string;
  readonly need: string;
  readonly example: string;
  readonly review: Day;
  readonly expires?: Day;
  readonly measures?: readonly string[];
  readonly responsible?: Who;
  readonly resources?: string;
  readonly questions?: readonly Asked[];
  readonly reactions?: Readonly<Partial<Record<Who, string>>>;
}

/** A question; without an answer it waits for one. */
export interface Asked {
  readonly by: Who;
  readonly text: string;
  readonly answer?: string;
}

export type Objecting = Pick<RaiseObjection['input'], 'argument' | 'affects' | 'kind' | 'remedy'>;

/** What a consent round hears. Who is not named consents. */
export interface Answers {
  readonly concerns?: Readonly<Partial<Record<Who, string>>>;
  readonly objects?: Readonly<Partial<Record<Who, Objecting>>>;
  /** Who speaks and lets the facilitator enter it. */
  readonly aloud?: readonly Who[];
  /** Who is heard so far, where the round waits for others. */
  readonly only?: readonly Who[];
}

export type Offer = { readonly option: ProposeIntegration['input']['option']; readonly text: string };

export interface Amendment {
  readonly text?: string;
  readonly why: AmendProposal['input']['why'];
  readonly substantial?: boolean;
  readonly measures?: readonly string[];
  readonly review?: Day;
}
