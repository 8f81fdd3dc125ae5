import type { Caller } from '@app/event-store';
import type { Channel } from '@app/kernel';
import type { Voice } from '../domain/setting.js';

/** Whose word it is and how it came in; absent: the caller's own. */
export interface Spoken {
  readonly memberId?: string;
  readonly channel?: Channel;
}

export const voiceOf = ({ caller, input }: { caller: Caller; input: Spoken }): Voice => ({
  of: input.memberId ?? caller.member,
  channel: input.channel ?? 'own',
});
