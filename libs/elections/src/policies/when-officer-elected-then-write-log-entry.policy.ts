import { WriteLogEntry } from '@app/decisions';
import { Policy, policyCaller, type Receipt, Streams } from '@app/event-store';
import { idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ElectionEvent } from '../domain/election.events.js';
import { election } from '../domain/election.js';

type OfficerElected = RecordedOf<ElectionEvent, 'OfficerElected'>;

/** Every finished election has its entry in the circle's logbook (INV-52): the result, and nobody's nomination. */
@Injectable()
export class WhenOfficerElectedThenWriteLogEntry extends Policy {
  override readonly name = 'when-officer-elected-then-write-log-entry';
  override readonly on = { OfficerElected: (fact: Recorded) => this.enter(fact as OfficerElected) };

  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {
    super();
  }

  private async enter(fact: OfficerElected): Promise<Receipt> {
    const id = idOf(fact.stream);
    const { state } = await this.streams.load(election, id);
    if (state.phase === 'absent') throw new Error(`${fact.stream} elected somebody and was never called`);
    const subject = { kind: 'election' as const, id };
    const input = { circleId: state.circleId, subject, date: fact.data.electedOn };
    return this.commands.execute(new WriteLogEntry(policyCaller(this.name, fact, id), input));
  }
}
