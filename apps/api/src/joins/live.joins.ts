import { DecisionsReader } from '@app/decisions';
import { ElectionsShown } from '@app/elections';
import {
  Access,
  type Change,
  Changes,
  CurrentViewer,
  Failure,
  GraphContext,
  type Happened,
  IsId,
  over,
  type Relation,
  Viewer,
} from '@app/graph';
import { Args, ArgsType, Context, Field, ID, Resolver, Subscription } from '@nestjs/graphql';
import { ChangedKind, type ChangedView, ChangeView } from './live.types.js';

@ArgsType()
export class LiveArgs {
  @Field(() => ID)
  @IsId()
  id!: string;
}

/** Who reads of a circle's meetings (docs/visibility.md). */
const insiders: readonly Relation[] = ['member', 'expert', 'parentLink'];

/** Which changes of what happened somebody hears of now; nothing where they may not read of it any more. */
type Hearing = (
  viewer: Viewer,
  happened: readonly Happened[],
  context: GraphContext,
) => Promise<readonly Happened[] | undefined>;

/** Doorbells: something happened that you may read. Who may is asked again before every message. */
@Resolver()
export class LiveJoins {
  constructor(
    private readonly changes: Changes,
    private readonly access: Access,
    private readonly decisions: DecisionsReader,
    private readonly elections: ElectionsShown,
  ) {}

  @Subscription(() => ChangeView, {
    description: 'What happens in a circle, to its meetings, proposals, elections and agreements.',
  })
  circleChanged(@CurrentViewer() viewer: Viewer, @Args() { id }: LiveArgs, @Context() context: GraphContext) {
    return this.heard(
      'circleChanged',
      viewer,
      context,
      ({ circleId }) => circleId === id,
      async (now, happened, asking) => {
        const relation = await this.access.relationTo(now, id, asking);
        if (relation === 'none') return undefined;
        const theirs = await Promise.all(happened.map(({ stream }) => this.reads(now, relation, stream, asking)));
        return happened.filter((_, at) => theirs[at]);
      },
    );
  }

  @Subscription(() => ChangeView, { description: 'What happens to a proposal.' })
  proposalChanged(@CurrentViewer() viewer: Viewer, @Args() { id }: LiveArgs, @Context() context: GraphContext) {
    return this.heard(
      'proposalChanged',
      viewer,
      context,
      ({ stream }) => stream === `proposal-${id}`,
      async (now, happened, asking) =>
        (await this.decisions.proposal(now, id, asking)) === null ? undefined : happened,
    );
  }

  @Subscription(() => ChangeView, { description: 'What happens to an election.' })
  electionChanged(@CurrentViewer() viewer: Viewer, @Args() { id }: LiveArgs, @Context() context: GraphContext) {
    return this.heard(
      'electionChanged',
      viewer,
      context,
      ({ stream }) => stream === `election-${id}`,
      async (now, happened, asking) => ((await this.elections.one(now, id, asking)) === null ? undefined : happened),
    );
  }

  /** Whether somebody who stands so to a circle may read of this in it. */
  private async reads(viewer: Viewer, relation: Relation, stream: string, context: GraphContext): Promise<boolean> {
    const { kind, id } = partsOf(stream);
    if (kind === ChangedKind.proposal) return (await this.decisions.proposal(viewer, id, context)) !== null;
    if (kind === ChangedKind.election) return (await this.elections.one(viewer, id, context)) !== null;
    return kind !== ChangedKind.meeting || insiders.includes(relation);
  }

  private async heard(
    name: string,
    viewer: Viewer,
    context: GraphContext,
    wanted: (happened: Happened) => boolean,
    hearing: Hearing,
  ): Promise<AsyncIterableIterator<Record<string, ChangeView>>> {
    if ((await hearing(viewer, [], context)) === undefined) throw new Failure('NOT_FOUND');
    const show = async ({ position, happened }: Change, first: boolean) => {
      if (first) return { [name]: viewOf(position, []) };
      const asking = await context.again?.();
      const now = asking?.viewer;
      // Signed out, revoked, or gone from the community since.
      if (asking === undefined || now?.memberId !== viewer.memberId) return over;
      const theirs = await hearing(now, happened, asking);
      if (theirs === undefined) return over;
      return theirs.length > 0 ? { [name]: viewOf(position, theirs) } : undefined;
    };
    return this.changes.follow(viewer.communityId, { wanted, show });
  }
}

const partsOf = (stream: string): { readonly kind: string; readonly id: string } => {
  const at = stream.indexOf('-');
  return { kind: stream.slice(0, at), id: stream.slice(at + 1) };
};

function viewOf(position: string | undefined, happened: readonly Happened[]): ChangeView {
  const streams = [...new Set(happened.map(({ stream }) => stream))].map(partsOf);
  const changed = streams.filter((it): it is ChangedView => it.kind in ChangedKind);
  return Object.assign(new ChangeView(), { position: position ?? null, changed });
}
