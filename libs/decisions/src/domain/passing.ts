import { civilDateOf, type Instant } from '@app/kernel';
import type { Agreement } from './agreement.js';
import type { AgreementEvent } from './agreement.events.js';
import { announcementsOf } from './agreement-time.js';

/** Announces what time has made of an agreement by now, each once a version; nothing of one that a decision ended. */
export function announce(state: Agreement, { now }: { readonly now: Instant }): AgreementEvent[] {
  if (state.state === 'absent' || state.ended !== undefined) return [];
  const { version, turns, zone, announced } = state;
  const today = civilDateOf(now, zone);
  return announcementsOf(turns)
    .filter(({ type, on }) => on <= today && !announced.includes(type))
    .map(({ type, on: effectiveOn }) => ({ type, data: { version, effectiveOn } }));
}
