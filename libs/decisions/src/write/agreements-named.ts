import { Streams } from '@app/event-store';
import type { Instant } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { type AgreementNow, agreementsNamed } from '../domain/about-agreement.js';
import { agreement, standingOf } from '../domain/agreement.js';
import type { Proposal } from '../domain/proposal.js';
import type { Content } from '../domain/proposal.events.js';

/** What a command says of agreements, beside what the proposal says already. */
export interface Naming {
  readonly agreement?: Content['agreement'] | null;
  readonly cites?: readonly string[] | null;
}

/** Folds every agreement that a proposal names, through the port, so that its decision relies on how each stands now. */
@Injectable()
export class AgreementsNamed {
  constructor(private readonly streams: Streams) {}

  async by(state: Proposal, said: Naming, community: string, now: Instant): Promise<readonly AgreementNow[]> {
    const texts = 'versions' in state ? state.versions.slice(-1).map(({ content }) => content) : [];
    const draft = state.phase === 'Draft' ? [state.draft] : [];
    const { agreement: about, cites } = said;
    const added = { agreement: about ?? undefined, cites: cites === undefined || cites === null ? [] : [...cites] };
    const ids = new Set([...texts, ...draft, added].flatMap(agreementsNamed));
    const found = await Promise.all([...ids].map((id) => this.streams.load(agreement, id, community)));
    return found.flatMap(({ state: it }) =>
      it.state === 'known' && it.communityId === community ? [standingOf(it, now)] : [],
    );
  }
}
