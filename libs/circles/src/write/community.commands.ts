import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { community, erasePersonalData, foundCommunity, leaveCommunity, registerMember } from '../domain/community.js';
import type { Category } from '../domain/rules.js';

/** Founds `caller.community`, with `caller.member` as founder. The root circle follows by itself. */
export class FoundCommunity extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly name: string;
      /** IANA zone. */
      readonly zone: string;
      readonly root: {
        readonly name: string;
        readonly aim: string;
        /** One text for each matter that the circle decides. */
        readonly domain: readonly string[];
        readonly category?: Category;
        readonly meetingsPerYear: number;
      };
    },
  ) {
    super();
  }
}

@CommandHandler(FoundCommunity)
export class FoundCommunityHandler implements ICommandHandler<FoundCommunity> {
  constructor(private readonly streams: Streams) {}

  execute({ caller, input }: FoundCommunity): Promise<Receipt> {
    const { community: communityId, member: founder } = caller;
    const { name, zone, root } = input;
    const domain = root.domain.map((text, n) => ({ itemId: derivedId(communityId, 'domain item', String(n)), text }));
    const rootCircleId = rootCircleOf(communityId);
    const act = actOf(caller, { command: 'FoundCommunity', input });
    return this.streams.write(community, communityId, act, (state) =>
      foundCommunity(state, { communityId, name, zone, founder, rootCircleId, root: { ...root, domain } }),
    );
  }
}

/** The id of a community's root circle. */
export const rootCircleOf = (communityId: string): string => derivedId(communityId, 'root circle');

/** The person who was invited, `memberId`, becomes a member. */
export class RegisterMember extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly memberId: string; readonly invitedBy: string },
  ) {
    super();
  }
}

@CommandHandler(RegisterMember)
export class RegisterMemberHandler implements ICommandHandler<RegisterMember> {
  constructor(private readonly streams: Streams) {}

  execute({ caller, input }: RegisterMember): Promise<Receipt> {
    const act = actOf(caller, { command: 'RegisterMember', input });
    return this.streams.write(community, caller.community, act, (state) => registerMember(state, input));
  }
}

/** The caller leaves the community, and with it every circle. `memberId` is for the policy that acts for a person who was erased. */
export class LeaveCommunity extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly memberId?: string } = {},
  ) {
    super();
  }
}

@CommandHandler(LeaveCommunity)
export class LeaveCommunityHandler implements ICommandHandler<LeaveCommunity> {
  constructor(private readonly streams: Streams) {}

  execute({ caller, input }: LeaveCommunity): Promise<Receipt> {
    const act = actOf(caller, { command: 'LeaveCommunity', input });
    const who = { memberId: input.memberId ?? caller.member, by: caller.member };
    return this.streams.write(community, caller.community, act, (state) => leaveCommunity(state, who));
  }
}

/** What the caller ever wrote, and who they were, is to be forgotten. */
export class EraseMyData extends Command<Receipt> {
  constructor(readonly caller: Caller) {
    super();
  }
}

@CommandHandler(EraseMyData)
export class EraseMyDataHandler implements ICommandHandler<EraseMyData> {
  constructor(private readonly streams: Streams) {}

  execute({ caller }: EraseMyData): Promise<Receipt> {
    const act = actOf(caller, { command: 'EraseMyData', input: {} });
    const who = { memberId: caller.member, by: caller.member };
    return this.streams.write(community, caller.community, act, (state) => erasePersonalData(state, who));
  }
}
