import type { Caller, Receipt } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DecisionRef } from '../domain/circle.js';
import {
  acceptAdmission,
  acceptAimAndDomain,
  activateCircle,
  declineAdmission,
  offerAdmission,
  stepBackAsSecretary,
  volunteerAsSecretary,
} from '../domain/forming.js';
import { CircleDesk } from './circle-desk.js';

/** The convener of a forming circle offers a person a place. */
export class OfferAdmission extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly memberId: string },
  ) {
    super();
  }
}

@CommandHandler(OfferAdmission)
export class OfferAdmissionHandler implements ICommandHandler<OfferAdmission> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: OfferAdmission): Promise<Receipt> {
    return this.desk.write('OfferAdmission', caller, input, (circle, scene) =>
      offerAdmission(circle, { ...scene, memberId: input.memberId }),
    );
  }
}

/** The caller accepts the place that was offered. */
export class AcceptAdmission extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string },
  ) {
    super();
  }
}

@CommandHandler(AcceptAdmission)
export class AcceptAdmissionHandler implements ICommandHandler<AcceptAdmission> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: AcceptAdmission): Promise<Receipt> {
    return this.desk.write('AcceptAdmission', caller, input, acceptAdmission);
  }
}

/** The caller says no to a place; or, as convener, takes back the offer to `memberId`. */
export class DeclineAdmission extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly memberId?: string },
  ) {
    super();
  }
}

@CommandHandler(DeclineAdmission)
export class DeclineAdmissionHandler implements ICommandHandler<DeclineAdmission> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: DeclineAdmission): Promise<Receipt> {
    const memberId = input.memberId ?? caller.member;
    return this.desk.write('DeclineAdmission', caller, input, (circle, { by }) =>
      declineAdmission(circle, { memberId, by }),
    );
  }
}

/** The caller keeps the record until a secretary is elected. */
export class VolunteerAsSecretary extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string },
  ) {
    super();
  }
}

@CommandHandler(VolunteerAsSecretary)
export class VolunteerAsSecretaryHandler implements ICommandHandler<VolunteerAsSecretary> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: VolunteerAsSecretary): Promise<Receipt> {
    const termId = derivedId(caller.community, caller.member, 'VolunteerAsSecretary', caller.commandId);
    return this.desk.write('VolunteerAsSecretary', caller, input, (circle, scene) =>
      volunteerAsSecretary(circle, { ...scene, termId }),
    );
  }
}

/** The volunteer secretary makes room for another. */
export class StepBackAsSecretary extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string },
  ) {
    super();
  }
}

@CommandHandler(StepBackAsSecretary)
export class StepBackAsSecretaryHandler implements ICommandHandler<StepBackAsSecretary> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: StepBackAsSecretary): Promise<Receipt> {
    return this.desk.write('StepBackAsSecretary', caller, input, stepBackAsSecretary);
  }
}

/** The forming circle decided to accept its aim, its domain and its leader. Sent by the policy of that decision. */
export class AcceptAimAndDomain extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly decision: DecisionRef },
  ) {
    super();
  }
}

@CommandHandler(AcceptAimAndDomain)
export class AcceptAimAndDomainHandler implements ICommandHandler<AcceptAimAndDomain> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: AcceptAimAndDomain): Promise<Receipt> {
    const { circleId, decision } = input;
    const termId = derivedId(caller.community, circleId, 'leader', decision.proposalId);
    return this.desk.write('AcceptAimAndDomain', caller, input, (circle, scene) =>
      acceptAimAndDomain(circle, { ...scene, decision, termId }),
    );
  }
}

/** The forming circle has everything it needs and becomes active. */
export class ActivateCircle extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string },
  ) {
    super();
  }
}

@CommandHandler(ActivateCircle)
export class ActivateCircleHandler implements ICommandHandler<ActivateCircle> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: ActivateCircle): Promise<Receipt> {
    return this.desk.write('ActivateCircle', caller, input, activateCircle);
  }
}
