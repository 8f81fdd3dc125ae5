import { CurrentViewer, type GraphContext, Viewer } from '@app/graph';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { AboutAgreement } from '../domain/proposal.events.js';
import { ProposalQueries } from '../read/proposals.query.js';
import { AgreementChangeView } from './agreement-change.types.js';
import { AgreementView } from './agreement.types.js';
import { DecisionsReader, hangingOn } from './decisions.reader.js';
import { DraftView, VersionView } from './proposal.types.js';

/** What a version has to do with agreements that stand. */
@Resolver(() => VersionView)
export class VersionAgreementsResolver {
  constructor(
    private readonly reader: DecisionsReader,
    private readonly queries: ProposalQueries,
  ) {}

  @ResolveField(() => AgreementChangeView, { nullable: true, description: 'The agreement it changes, if it does.' })
  async agreementChange(
    @CurrentViewer() viewer: Viewer,
    @Parent() { agreement: about }: VersionView,
    @Context() context: GraphContext,
  ): Promise<AgreementChangeView | null> {
    return about === null ? null : changeView(this.reader, viewer, about, context);
  }

  @ResolveField(() => [AgreementView], { description: 'The agreements it relies on.' })
  async cites(
    @CurrentViewer() viewer: Viewer,
    @Parent() { cites }: VersionView,
    @Context() context: GraphContext,
  ): Promise<AgreementView[]> {
    const found = await Promise.all(cites.map((id) => this.reader.agreement(viewer, id, context)));
    return found.filter((it) => it !== null);
  }

  @ResolveField(() => [String], {
    description:
      'REVIEW_FAR: reviewed later than the circle usually does. NO_MEASURES. ' +
      'AGREEMENT_UNDER_CHANGE: another proposal on the table changes the same agreement; the first to be decided counts.',
  })
  async warnings(
    @Parent() { warnings, agreement: about, proposalId }: VersionView,
    @Context() context: GraphContext,
  ): Promise<string[]> {
    if (about === null) return warnings;
    const load = (ids: readonly string[]) => this.queries.changing(ids);
    const open = await hangingOn(context, 'changing', about.agreementId, load, (row) => row.changes ?? '');
    const both = open.some((it) => it.proposalId === proposalId) && open.some((it) => it.proposalId !== proposalId);
    return both ? [...warnings, 'AGREEMENT_UNDER_CHANGE'] : warnings;
  }
}

@Resolver(() => DraftView)
export class DraftAgreementResolver {
  constructor(private readonly reader: DecisionsReader) {}

  @ResolveField(() => AgreementChangeView, { nullable: true, description: 'The agreement it is to change, if it is.' })
  agreementChange(
    @CurrentViewer() viewer: Viewer,
    @Parent() { agreement }: DraftView,
    @Context() context: GraphContext,
  ): Promise<AgreementChangeView> | null {
    return agreement === null ? null : changeView(this.reader, viewer, agreement, context);
  }
}

async function changeView(
  reader: DecisionsReader,
  viewer: Viewer,
  { agreementId, baseVersion, action }: AboutAgreement,
  context: GraphContext,
): Promise<AgreementChangeView> {
  const agreement = await reader.agreement(viewer, agreementId, context);
  return Object.assign(new AgreementChangeView(), { agreement, baseVersion, action });
}
