import {
  Access,
  type Connection,
  type GraphContext,
  grouped,
  loaderOf,
  type PageArgs,
  pageOf,
  type Relation,
  Viewer,
} from '@app/graph';
import { Injectable } from '@nestjs/common';
import type { AgreementRow, LogEntryRow } from '../read/agreement.tables.js';
import { AgreementQueries } from '../read/agreements.query.js';
import { ProposalQueries } from '../read/proposals.query.js';
import type { CoAuthorRow, ProposalRow } from '../read/proposal.tables.js';
import { AgreementView, LogEntryView } from './agreement.types.js';
import { ProposalView } from './proposal.types.js';
import { ObjectionView } from './round.types.js';

/** Who reads the proposals of a circle: its members, the parent's, its expert; who left reads nothing newer (docs/visibility.md). */
interface Sight {
  readonly upTo?: string;
}

/** What hangs on many things, asked for one by one and read in one go. */
export async function hangingOn<T>(
  context: GraphContext,
  what: string,
  id: string,
  load: (ids: readonly string[]) => Promise<readonly T[]>,
  keyOf: (row: T) => string,
): Promise<readonly T[]> {
  const batch = async (ids: readonly string[]) => grouped(await load(ids), keyOf);
  return (await loaderOf<string, readonly T[]>(context, `${what} (decisions)`, batch).load(id)) ?? [];
}

/** Proposals, agreements and log entries as one person may read them: for the resolvers here, and for joins with other contexts. */
@Injectable()
export class DecisionsReader {
  constructor(
    private readonly access: Access,
    private readonly proposals: ProposalQueries,
    private readonly agreements: AgreementQueries,
  ) {}

  relationTo(viewer: Viewer, circleId: string, context: GraphContext): Promise<Relation> {
    return this.access.relationTo(viewer, circleId, context);
  }

  /** A proposal that this person may read; an unknown id and a foreign one are answered alike. */
  async proposal(viewer: Viewer, id: string, context: GraphContext): Promise<ProposalView | null> {
    const load = async (ids: readonly string[]) =>
      new Map((await this.proposals.proposals(ids)).map((row) => [row.proposalId, row]));
    const row = await loaderOf<string, ProposalRow>(context, 'proposals (decisions)', load).load(id);
    if (row === null || row.communityId !== viewer.communityId) return null;
    const sight = await this.sightOf(viewer, row.circleId, context);
    if (sight === undefined || (sight.upTo !== undefined && row.changedPosition > sight.upTo)) return null;
    if (row.version === 0 && !(await this.wrote(viewer, row, context))) return null;
    return Object.assign(new ProposalView(), row);
  }

  /** The proposal that the viewer has just acted on. */
  async justChanged(id: string): Promise<ProposalView | null> {
    const [row] = await this.proposals.proposals([id]);
    return row === undefined ? null : Object.assign(new ProposalView(), row);
  }

  async proposalsOf(
    viewer: Viewer,
    circleId: string,
    { first, after, phases }: PageArgs & { readonly phases?: readonly string[] },
    context: GraphContext,
  ): Promise<Connection<ProposalView>> {
    const sight = await this.sightOf(viewer, circleId, context);
    const rows = (limit: number, before?: string) => {
      if (sight === undefined) return [];
      const wanted = { ...sight, reader: viewer.memberId, phases: phases ?? undefined, before, limit };
      const load = (ids: readonly string[]) => this.proposals.proposalsOf(ids, wanted);
      return hangingOn(context, `proposals ${JSON.stringify(wanted)}`, circleId, load, (row) => row.circleId);
    };
    return pageOf<ProposalView>(
      { first, after },
      async (limit, place) =>
        (await rows(limit, textOf(place?.[0]))).map((row) => Object.assign(new ProposalView(), row)),
      (row) => [row.draftedPosition],
    );
  }

  /** The objections to a proposal that this person may read, in order; who objected is told inside the circle only (method §3.11). */
  async objectionsTo(
    viewer: Viewer,
    { proposalId, circleId }: Pick<ProposalView, 'proposalId' | 'circleId'>,
    context: GraphContext,
  ): Promise<ObjectionView[]> {
    const load = (ids: readonly string[]) => this.proposals.objections(ids);
    const rows = await hangingOn(context, 'objections', proposalId, load, (row) => row.proposalId);
    const named = (await this.relationTo(viewer, circleId, context)) === 'member';
    return rows.map((row) => Object.assign(new ObjectionView(), row, { named }));
  }

  /** An agreement: for everybody in its community. */
  async agreement(viewer: Viewer, id: string, context: GraphContext): Promise<AgreementView | null> {
    const load = async (ids: readonly string[]) =>
      new Map((await this.agreements.agreements(ids)).map((row) => [row.agreementId, row]));
    const row = await loaderOf<string, AgreementRow>(context, 'agreements (decisions)', load).load(id);
    return row === null || row.communityId !== viewer.communityId ? null : agreementView(row);
  }

  async agreementsOf(
    viewer: Viewer,
    circleId: string,
    { first, after }: PageArgs,
    context: GraphContext,
  ): Promise<Connection<AgreementView>> {
    const known = (await this.relationTo(viewer, circleId, context)) !== 'none';
    const rows = (limit: number, before?: string) => {
      const load = (ids: readonly string[]) => this.agreements.agreementsOf(ids, before, limit);
      return hangingOn(context, `agreements ${before} ${limit}`, circleId, load, (row) => row.circleId);
    };
    return pageOf<AgreementView>(
      { first, after },
      async (limit, place) => (known ? (await rows(limit, textOf(place?.[0]))).map(agreementView) : []),
      (row) => [row.position],
    );
  }

  /** The logbook of a circle, the newest entry first: for everybody in its community. */
  async logEntriesOf(
    viewer: Viewer,
    circleId: string,
    { first, after }: PageArgs,
    context: GraphContext,
  ): Promise<Connection<LogEntryView>> {
    const known = (await this.relationTo(viewer, circleId, context)) !== 'none';
    const rows = (limit: number, before?: { year: number; number: number }) => {
      const load = (ids: readonly string[]) => this.agreements.logEntriesOf(ids, before, limit);
      return hangingOn(context, `log ${JSON.stringify(before)} ${limit}`, circleId, load, (row) => row.circleId);
    };
    return pageOf<LogEntryView>(
      { first, after },
      async (limit, place) => {
        const before = place === undefined ? undefined : { year: Number(place[0]), number: Number(place[1]) };
        return known ? (await rows(limit, before)).map(logEntryView) : [];
      },
      (row) => [row.year, row.number],
    );
  }

  async coAuthors(id: string, context: GraphContext): Promise<string[]> {
    const load = (ids: readonly string[]) => this.proposals.coAuthors(ids);
    const rows = await hangingOn<CoAuthorRow>(context, 'co-authors', id, load, (row) => row.proposalId);
    return rows.map(({ memberId }) => memberId);
  }

  /** A draft is read by those who write it. */
  async wrote({ memberId }: Viewer, { author, proposalId }: ProposalRow, context: GraphContext): Promise<boolean> {
    return author === memberId || (await this.coAuthors(proposalId, context)).includes(memberId);
  }

  private async sightOf(viewer: Viewer, circleId: string, context: GraphContext): Promise<Sight | undefined> {
    switch (await this.relationTo(viewer, circleId, context)) {
      case 'member':
      case 'parentLink':
      case 'expert':
        return {};
      case 'former':
        return { upTo: (await this.access.leftAt(viewer, circleId)) ?? '' };
      default:
        return undefined;
    }
  }
}

const textOf = (part: string | number | undefined): string | undefined =>
  part === undefined ? undefined : String(part);
const agreementView = (row: AgreementRow): AgreementView => Object.assign(new AgreementView(), row);
export const logEntryView = (row: LogEntryRow): LogEntryView => Object.assign(new LogEntryView(), row);
