import { forEachTarget, Policy, type Receipt, Streams, policyCaller } from '@app/event-store';
import { idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CircleEvent } from '../domain/circle.events.js';
import { type Circle, circle, type Holding } from '../domain/circle.js';
import { linkOf } from '../domain/seats.js';
import { AnnounceLinkSeated, AnnounceLinkSeatEnded } from '../write/link-seats.commands.js';

type Ended = RecordedOf<CircleEvent, 'OfficeResigned' | 'OfficeVacated'>;

/**
 * The parent is told when an office of a sub-circle gives somebody a seat in it, and when the seat ends. One policy for both, since the
 * end must never be told before the beginning. The seat itself begins and ends with its cause; nobody waits for this.
 */
@Injectable()
export class WhenLinkOfficeChangesThenAnnounceSeat extends Policy {
  override readonly name = 'when-link-office-changes-then-announce-seat';
  override readonly on = {
    TermStarted: (fact: Recorded) => this.seated(fact as RecordedOf<CircleEvent, 'TermStarted'>),
    CircleActivated: (fact: Recorded) => this.activated(fact),
    OfficeResigned: (fact: Recorded) => this.ended(fact as Ended, 'resigned'),
    OfficeVacated: (fact: Recorded) => {
      const vacated = fact as RecordedOf<CircleEvent, 'OfficeVacated'>;
      return this.ended(vacated, vacated.data.cause);
    },
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {
    super();
  }

  private async seated(fact: RecordedOf<CircleEvent, 'TermStarted'>): Promise<Receipt[]> {
    const subCircle = await this.subCircle(fact);
    if (subCircle === undefined || subCircle.formingTerms.includes(fact.data.termId)) return [];
    return this.announce(fact, subCircle, [fact.data]);
  }

  private async activated(fact: Recorded): Promise<Receipt[]> {
    const subCircle = await this.subCircle(fact);
    return subCircle === undefined ? [] : this.announce(fact, subCircle, subCircle.heldAtActivation);
  }

  private announce(
    fact: Recorded,
    { circleId, parentId }: SubCircle,
    holdings: readonly Holding[],
  ): Promise<Receipt[]> {
    const links = holdings.flatMap(({ office, ...holding }) => {
      const link = linkOf(office);
      return link === undefined ? [] : [{ ...holding, link }];
    });
    return forEachTarget(links, ({ link, memberId, termId }) => {
      const input = { circleId: parentId, subCircleId: circleId, link, memberId, causedBy: fact.id };
      return this.commands.execute(new AnnounceLinkSeated(policyCaller(this.name, fact, termId), input));
    });
  }

  private async ended(fact: Ended, cause: string): Promise<Receipt[]> {
    const { office, memberId, termId } = fact.data;
    const link = linkOf(office);
    const subCircle = link === undefined ? undefined : await this.subCircle(fact);
    if (link === undefined || subCircle === undefined) return [];
    const { circleId, parentId } = subCircle;
    const input = { circleId: parentId, subCircleId: circleId, link, memberId, cause, causedBy: fact.id };
    const caller = policyCaller(this.name, fact, termId);
    return [await this.commands.execute(new AnnounceLinkSeatEnded(caller, input))];
  }

  /** The circle of the event, if it has a parent: the root's offices give no seat. */
  private async subCircle({ stream }: Recorded): Promise<SubCircle | undefined> {
    const { state } = await this.streams.load(circle, idOf(stream));
    return state.phase === 'absent' || state.parentId === undefined
      ? undefined
      : { ...state, parentId: state.parentId };
  }
}
type SubCircle = Circle & { readonly parentId: string };
