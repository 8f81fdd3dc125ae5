import {
  Access,
  connectionOf,
  CurrentViewer,
  type GraphContext,
  IsId,
  loaderOf,
  PageArgs,
  pageOf,
  type Relation,
  Viewer,
} from '@app/graph';
import { Identity, Member } from '@app/identity';
import { Args, ArgsType, Context, Field, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ArrayMaxSize, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { AuditQueries } from '../read/audit.query.js';
import type { AuditRow } from '../read/audit.tables.js';
import { byItself, personsIn, sentenceOf, veiledActs } from '../read/wording.js';
import { AuditEntryView, AuditOrder } from './audit.types.js';

const AuditConnection = connectionOf(AuditEntryView, 'AuditEntry');

@ArgsType()
export class TrailArgs extends PageArgs {
  @Field(() => ID)
  @IsId()
  circleId!: string;

  @Field(() => AuditOrder, { nullable: true, description: 'newestFirst unless said.' })
  @IsOptional()
  @IsIn(Object.values(AuditOrder))
  order?: string;

  @Field(() => [String], { nullable: true, description: 'Only events of these types.' })
  @IsOptional()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  types?: string[];
}

/** Who reads a circle's trail at all; a former member reads what was written before they left. */
const readers: readonly Relation[] = ['member', 'parentLink', 'expert', 'former'];

/** The audit trail of a circle: every event, in words, for those who may follow it (docs/visibility.md). */
@Resolver(() => AuditEntryView)
export class AuditResolver {
  constructor(
    private readonly queries: AuditQueries,
    private readonly access: Access,
    private readonly identity: Identity,
  ) {}

  @Query(() => AuditConnection, { description: 'Empty for those who may not follow the circle.' })
  async auditTrail(@CurrentViewer() viewer: Viewer, @Args() args: TrailArgs, @Context() context: GraphContext) {
    const relation = await this.access.relationTo(viewer, args.circleId, context);
    const outside = relation !== 'member';
    const until = relation === 'former' ? await this.access.leftAt(viewer, args.circleId) : undefined;
    const newestFirst = args.order !== AuditOrder.oldestFirst;
    return pageOf(
      args,
      async (limit, place) => {
        if (!readers.includes(relation)) return [];
        const edge = place === undefined ? undefined : String(place[0]);
        const bounds = newestFirst ? { before: edge } : { after: edge };
        const { communityId } = viewer;
        const { circleId } = args;
        const types = args.types ?? undefined;
        const rows = await this.queries.page({ communityId, circleId, types, until, newestFirst, limit, ...bounds });
        return rows.map((row) => entryView(row, outside));
      },
      (entry) => [entry.position],
    );
  }

  @ResolveField(() => String, { description: 'The entry in the language of Accept-Language.' })
  sentence(@Parent() entry: AuditEntryView, @Context() context: GraphContext): Promise<string> {
    return this.told(entry, context, context.locale);
  }

  @ResolveField(() => String, { description: 'The entry in French.' })
  fr(@Parent() entry: AuditEntryView, @Context() context: GraphContext): Promise<string> {
    return this.told(entry, context, 'fr');
  }

  @ResolveField(() => String, { description: 'The entry in English.' })
  en(@Parent() entry: AuditEntryView, @Context() context: GraphContext): Promise<string> {
    return this.told(entry, context, 'en');
  }

  @ResolveField(() => AuditEntryView, { nullable: true, description: 'The event that this one came from by itself.' })
  async cause(@Parent() entry: AuditEntryView, @Context() context: GraphContext): Promise<AuditEntryView | null> {
    if (entry.causeId === null) return null;
    const loader = loaderOf(context, 'audit entries', async (ids: readonly string[]) => {
      const rows = await this.queries.byEventIds(ids);
      return new Map(rows.map((row) => [row.eventId, row]));
    });
    const row = await loader.load(entry.causeId);
    const same = row !== null && row.communityId === entry.communityId && row.circleId === entry.circleId;
    return same ? entryView(row, entry.outside) : null;
  }

  private async told(entry: AuditEntryView, context: GraphContext, locale: 'fr' | 'en'): Promise<string> {
    const ids = personsIn(entry);
    const loader = loaderOf(context, 'names in sentences', async (many: readonly string[]) => {
      const found = await this.identity.namesOf(many);
      return new Map(many.flatMap((id) => (found.has(id) ? [[id, { name: found.get(id)?.name ?? null }]] : [])));
    });
    const names = new Map<string, string | null>();
    for (const [index, found] of (await loader.loadMany(ids)).entries()) {
      if (found instanceof Error) throw found;
      if (found !== null) names.set(ids[index] ?? '', found.name);
    }
    return sentenceOf(entry, names, locale, entry.veiled);
  }
}

/** Outside the circle an answer has nobody's name on it, nor the office that would tell whose it is. */
function entryView(row: AuditRow, outside: boolean): AuditEntryView {
  const veiled = outside && veiledActs.has(row.command);
  const member = veiled || byItself(row.actor) ? null : Member.of(row.actor);
  return Object.assign(new AuditEntryView(), row, {
    member,
    veiled,
    outside,
    office: veiled ? null : row.office,
    correlationId: veiled ? null : row.correlationId,
  });
}
