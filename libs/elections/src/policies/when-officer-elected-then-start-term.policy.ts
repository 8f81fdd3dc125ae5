import { StartTerm } from '@app/circles';
import { isOutcome, Policy, policyCaller, type Receipt, Streams } from '@app/event-store';
import { idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ElectionEvent } from '../domain/election.events.js';
import { election } from '../domain/election.js';
import { RecordElectionEffectRefused } from '../write/accepting.commands.js';

type OfficerElected = RecordedOf<ElectionEvent, 'OfficerElected'>;

/** Who is elected holds the office from the day the circle said; what the circle refuses comes back to the election. */
@Injectable()
export class WhenOfficerElectedThenStartTerm extends Policy {
  override readonly name = 'when-officer-elected-then-start-term';
  override readonly on = { OfficerElected: (fact: Recorded) => this.start(fact as OfficerElected) };

  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {
    super();
  }

  private async start(fact: OfficerElected): Promise<Receipt> {
    const { office, seat, person, from, to } = fact.data;
    const electionId = idOf(fact.stream);
    const { state } = await this.streams.load(election, electionId);
    if (state.phase === 'absent') throw new Error(`${fact.stream} elected somebody and was never called`);
    const { circleId } = state;
    const caller = policyCaller(this.name, fact, circleId);
    try {
      const term = { circleId, office, seat, memberId: person, from, to, electionId };
      return await this.commands.execute(new StartTerm(caller, term));
    } catch (error) {
      if (!isOutcome(error)) throw error;
      const refused = {
        electionId,
        circleId,
        code: error.code,
        details: Object.values(error.details).flat().map(String),
      };
      const about = policyCaller(this.name, fact, electionId);
      return this.commands.execute(new RecordElectionEffectRefused(about, refused));
    }
  }
}
