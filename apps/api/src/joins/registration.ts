import { Communities, RegisterMember } from '@app/circles';
import { type Membership, MemberRegistration } from '@app/identity';
import { derivedId, Refusal } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { SettlingInTime } from '../settling.js';

/** A membership made in identity enters the history of its community. A founder's is there with the founding, or never. */
@Injectable()
export class RegistrationInHistory extends MemberRegistration {
  constructor(
    private readonly commands: CommandBus,
    private readonly communities: Communities,
    private readonly settling: SettlingInTime,
  ) {
    super();
  }

  async register({ memberId, communityId, invitedBy, joinedAt }: Membership, correlationId: string): Promise<boolean> {
    try {
      const { members } = await this.communities.of(communityId);
      if (members.includes(memberId)) return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'NOT_FOUND') return false;
      throw error;
    }
    if (invitedBy === null) return false;
    const commandId = derivedId('register member', communityId, memberId, joinedAt);
    const caller = { community: communityId, member: memberId, commandId, correlationId };
    await this.settling.settled(await this.commands.execute(new RegisterMember(caller, { memberId, invitedBy })));
    return true;
  }
}
