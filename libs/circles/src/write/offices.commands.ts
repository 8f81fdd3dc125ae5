import type { Caller, Receipt } from '@app/event-store';
import { type CivilDate, type Deadline, derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DecisionRef } from '../domain/circle.js';
import { resignOffice, startTerm, vacateLinkOffice } from '../domain/offices.js';
import type { Office } from '../domain/rules.js';
import { CircleDesk } from './circle-desk.js';

/** An elected person's office starts. Sent by the policy of the election. */
export class StartTerm extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly circleId: string;
      readonly office: Office;
      /** 1 unless the circle has two. */
      readonly seat?: number;
      readonly memberId: string;
      readonly from: CivilDate;
      readonly to: Deadline;
      readonly electionId?: string;
      readonly decision?: DecisionRef;
    },
  ) {
    super();
  }
}

@CommandHandler(StartTerm)
export class StartTermHandler implements ICommandHandler<StartTerm> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: StartTerm): Promise<Receipt> {
    const termId = derivedId(caller.community, input.circleId, input.office, caller.commandId);
    return this.desk.write('StartTerm', caller, input, (circle, scene) =>
      startTerm(circle, { ...scene, ...input, termId }),
    );
  }
}

/** The caller steps down from an office, with what they want to hand over. */
export class ResignOffice extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly office: Office; readonly handover?: string },
  ) {
    super();
  }
}

@CommandHandler(ResignOffice)
export class ResignOfficeHandler implements ICommandHandler<ResignOffice> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: ResignOffice): Promise<Receipt> {
    const { office, handover } = input;
    return this.desk.write('ResignOffice', caller, input, (circle, scene) =>
      resignOffice(circle, { ...scene, office, handover }),
    );
  }
}

/** An office of a sub-circle ends because its holder left the parent. Sent by the policy of that departure. */
export class VacateLinkOffice extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly termId: string },
  ) {
    super();
  }
}

@CommandHandler(VacateLinkOffice)
export class VacateLinkOfficeHandler implements ICommandHandler<VacateLinkOffice> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: VacateLinkOffice): Promise<Receipt> {
    return this.desk.write('VacateLinkOffice', caller, input, (circle, { by }) =>
      vacateLinkOffice(circle, { termId: input.termId, by }),
    );
  }
}
