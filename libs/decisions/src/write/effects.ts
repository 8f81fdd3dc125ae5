import { type CircleStanding, Communities, effectRefusal, Standings, targetOf } from '@app/circles';
import { derivedId, type Instant, Refusal } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { told } from '../domain/content.js';
import type { Effect } from '../domain/effect.js';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** An effect as a person asks for it: what does not exist yet has no id. */
export type EffectInput =
  | Exclude<Effect, { kind: 'conveneCircle' | 'changeDomain' }>
  | Omit<Of<'conveneCircle'>, 'circleId'>
  | (Omit<Of<'changeDomain'>, 'add'> & {
      /** A new item has a text and no id; an item of the parent's that goes to its sub-circle has an id. */
      readonly add: readonly { readonly itemId?: string; readonly text?: string }[];
    });

/** The effect with the ids of what it will make: the same for one proposal and one command, however often it is sent. */
export function effectFrom(input: EffectInput, proposalId: string, commandId: string): Effect {
  switch (input.kind) {
    case 'conveneCircle':
      return { ...input, items: [...input.items], circleId: derivedId('convened circle', proposalId) };
    case 'changeDomain': {
      const idAt = (place: number): string => derivedId('domain item', proposalId, commandId, String(place));
      const add = input.add.map(({ itemId, text }, place) => ({ itemId: itemId ?? idAt(place), text: text ?? null }));
      return { ...input, add, remove: [...input.remove] };
    }
    default:
      return told(input);
  }
}

/** Asks the target of an effect, before anybody is asked to consent, whether it would say no. */
@Injectable()
export class Effects {
  constructor(
    private readonly standings: Standings,
    private readonly communities: Communities,
  ) {}

  async refusalOf(effect: Effect, circle: CircleStanding, now: Instant): Promise<Refusal | undefined> {
    const { communityId } = circle;
    const { members: communityMembers } = await this.communities.of(communityId);
    const targetId = targetOf(circle, effect);
    const subCircle = targetId !== undefined && circle.subCircles.includes(targetId);
    const target = subCircle ? await this.standings.of(targetId, communityId, now) : undefined;
    return effectRefusal(circle, effect, { now, communityMembers, target });
  }
}
