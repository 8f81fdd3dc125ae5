import type { Channel } from '@app/kernel';
import { told } from '../domain/content.js';
import type { Spoken } from '../write/proposal-desk.js';

interface SpokenFields {
  by?: string | null;
  channel?: string | null;
  meetingId?: string | null;
}
/** Whose word an input brings, as commands take it. */
export const spoken = ({ by, channel, meetingId }: SpokenFields): Spoken =>
  told({
    by: by ?? undefined,
    channel: (channel ?? undefined) as Channel | undefined,
    meetingId: meetingId ?? undefined,
  });
