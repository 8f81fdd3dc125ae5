import { type Caller, Deadlines, type Due } from '@app/event-store';
import type { Instant } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AgreementLifeQueries } from '../read/agreement-life.query.js';
import { AnnounceAgreement } from '../write/passing.commands.js';

/** Reviews that fall due and are overdue, and the day an agreement lapses. */
@Injectable()
export class AgreementDeadlines extends Deadlines {
  override readonly name = 'agreements';

  constructor(
    private readonly queries: AgreementLifeQueries,
    private readonly commands: CommandBus,
  ) {
    super();
  }

  override async due(now: Instant, max: number): Promise<readonly Due[]> {
    const rows = await this.queries.turnsDue(now, max);
    return rows.map(({ agreementId, turn, version, at, communityId: community }) => ({
      ...{ key: `${agreementId} ${version} ${turn}`, at, community },
      send: (caller: Caller) => this.commands.execute(new AnnounceAgreement(caller, { agreementId })),
    }));
  }
}
