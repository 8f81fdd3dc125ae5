import { Policy } from '@app/event-store';
import type { Recorded, RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { CommunityEvent } from '../domain/community.events.js';
import { Departing } from './forgetting.js';

/** Who left the community reads nothing of it any more, by no session and no token. */
@Injectable()
export class WhenMemberLeftThenEndTheirAccess extends Policy {
  override readonly name = 'when-member-left-then-end-their-access';
  override readonly on = {
    MemberLeft: (fact: Recorded) => this.end(fact as RecordedOf<CommunityEvent, 'MemberLeft'>),
  };

  constructor(private readonly departing: Departing) {
    super();
  }

  private end({ data, meta }: RecordedOf<CommunityEvent, 'MemberLeft'>): Promise<void> {
    return this.departing.depart(data.memberId, meta.recordedAt);
  }
}
