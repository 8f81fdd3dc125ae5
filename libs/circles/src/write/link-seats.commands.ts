import type { Caller, Receipt } from '@app/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Link } from '../domain/circle.js';
import { announceLinkSeated, announceLinkSeatEnded } from '../domain/link-seats.js';
import { CircleDesk } from './circle-desk.js';

/** In the parent's stream: a link of a sub-circle took their seat. Sent by the policy of its cause. */
export class AnnounceLinkSeated extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      /** The parent. */
      readonly circleId: string;
      readonly subCircleId: string;
      readonly link: Link;
      readonly memberId: string;
      /** Id of the event in the sub-circle's stream. */
      readonly causedBy: string;
    },
  ) {
    super();
  }
}

@CommandHandler(AnnounceLinkSeated)
export class AnnounceLinkSeatedHandler implements ICommandHandler<AnnounceLinkSeated> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: AnnounceLinkSeated): Promise<Receipt> {
    return this.desk.write('AnnounceLinkSeated', caller, input, (circle, { by }) =>
      announceLinkSeated(circle, { ...input, by }),
    );
  }
}

/** In the parent's stream: a link's seat ended. Sent by the policy of its cause. */
export class AnnounceLinkSeatEnded extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: AnnounceLinkSeated['input'] & { readonly cause: string },
  ) {
    super();
  }
}

@CommandHandler(AnnounceLinkSeatEnded)
export class AnnounceLinkSeatEndedHandler implements ICommandHandler<AnnounceLinkSeatEnded> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: AnnounceLinkSeatEnded): Promise<Receipt> {
    return this.desk.write('AnnounceLinkSeatEnded', caller, input, (circle, scene) =>
      announceLinkSeatEnded(circle, { ...scene, ...input }),
    );
  }
}
