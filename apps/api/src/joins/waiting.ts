import { circleAt, CircleQueries } from '@app/circles';
import { AgreementQueries, DecisionsReader } from '@app/decisions';
import { ElectionQueries, ElectionsShown } from '@app/elections';
import type { GraphContext, Viewer } from '@app/graph';
import { Clock } from '@app/kernel';
import { say } from '@app/wording';
import { Injectable } from '@nestjs/common';
import { type WaitingFor, WaitingView } from './waiting.types.js';

/** One thing that waits, by ids. */
interface Item {
  readonly kind: WaitingFor;
  readonly since: string;
  readonly circleId: string;
  readonly proposalId?: string;
  readonly electionId?: string;
}

const ofElections: Readonly<Record<string, WaitingFor>> = {
  nominate: 'nominate',
  giveReason: 'giveReason',
  answer: 'electionAnswer',
  accept: 'acceptOffice',
  effectRefused: 'electionEffectRefused',
};

/** More than a person could have waiting; a guard, not a page. */
const most = 500;

/** What waits for somebody, gathered from every context, the longest waiting first. */
@Injectable()
export class WaitingRoom {
  constructor(
    private readonly circles: CircleQueries,
    private readonly agreements: AgreementQueries,
    private readonly decisions: DecisionsReader,
    private readonly electionQueries: ElectionQueries,
    private readonly elections: ElectionsShown,
    private readonly clock: Clock,
  ) {}

  async itemsFor({ memberId, communityId }: Viewer): Promise<readonly Item[]> {
    const [decisions, elections, offers, convening] = await Promise.all([
      this.agreements.waitingFor(memberId, undefined, most),
      this.electionQueries.waitingFor(memberId, communityId),
      this.circles.offersTo(memberId),
      this.circles.conveningOf(memberId, communityId),
    ]);
    const items: Item[] = [
      ...decisions.map(({ kind, since, circleId, proposalId }) => ({
        kind: kind as WaitingFor,
        since,
        circleId,
        proposalId,
      })),
      ...elections.flatMap(({ kind, since, circleId, electionId }) => {
        const ours = ofElections[kind];
        return ours === undefined ? [] : [{ kind: ours, since, circleId, electionId }];
      }),
      ...offers.map(({ circleId, offeredAt }) => ({ kind: 'acceptAdmission' as const, since: offeredAt, circleId })),
      ...convening.map(({ circleId, proposedAt }) => ({
        kind: 'acceptConvening' as const,
        since: proposedAt,
        circleId,
      })),
    ];
    return items.sort((a, b) => Number(placeOf(a) > placeOf(b)) - Number(placeOf(a) < placeOf(b)));
  }

  /** The item as its reader sees it; nothing where what it is about is not to be seen any more. */
  async show(item: Item, viewer: Viewer, context: GraphContext): Promise<WaitingView | undefined> {
    const [circle, proposal, election] = await Promise.all([
      circleAt(this.circles, context, item.circleId, { instant: this.clock.now() }),
      item.proposalId === undefined ? null : this.decisions.proposal(viewer, item.proposalId, context),
      item.electionId === undefined ? null : this.elections.one(viewer, item.electionId, context),
    ]);
    if (circle === null) return undefined;
    const { kind, since } = item;
    const told = { circle: circle.name, title: proposal?.title, office: election?.office };
    const sentence = say(viewer.locale, `WAITING_${kind}`, told);
    return Object.assign(new WaitingView(), {
      kind,
      since,
      sentence,
      circle,
      proposal,
      election,
      place: placeOf(item),
    });
  }
}

export const placeOf = ({ since, kind, proposalId, electionId, circleId }: Item): string =>
  `${since} ${kind} ${proposalId ?? electionId ?? circleId}`;
