import { type Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Failure } from './errors.js';

export const defaultPage = 20;
export const largestPage = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `How many, 1 to ${largestPage}; ${defaultPage} unless said.` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(largestPage)
  first?: number;

  @Field(() => String, { nullable: true, description: 'Go on after this cursor.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  after?: string;
}

@ObjectType()
export class PageInfo {
  @Field()
  hasNextPage!: boolean;
  @Field()
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true })
  startCursor!: string | null;
  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

export interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}
export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
}

const made = new Map<unknown, Type<Connection<unknown>>>();

/** The connection type of a node type: `CircleConnection` of `Circle`. One per node, however often it is asked for. */
export function connectionOf<T>(node: Type<T>, name: string = node.name): Type<Connection<T>> {
  const known = made.get(node);
  if (known !== undefined) return known as Type<Connection<T>>;

  @ObjectType(`${name}Edge`)
  class NodeEdge implements Edge<T> {
    @Field(() => node)
    node!: T;
    @Field()
    cursor!: string;
  }

  @ObjectType(`${name}Connection`)
  class NodeConnection implements Connection<T> {
    @Field(() => [NodeEdge])
    edges!: NodeEdge[];
    @Field(() => [node], { description: 'The nodes of the edges, for those who need no cursors.' })
    nodes!: T[];
    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }

  made.set(node, NodeConnection);
  return NodeConnection;
}

/** The columns a list is ordered by, in order, the last one unique: where a page ends. */
export type Place = readonly (string | number)[];

export const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** The place a cursor stands for; a cursor we did not write is `BAD_CURSOR`. */
export function placeOf(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(place) && place.length > 0 && place.every(isPart)) return place;
  } catch {
    // Whatever is not JSON is not a cursor either.
  }
  throw new Failure('BAD_CURSOR');
}

const isPart = (it: unknown): it is string | number => typeof it === 'string' || Number.isSafeInteger(it);

/**
 * One page by keyset: `rows` is asked for `limit` rows (one more than the page holds) that come strictly after the place `after`, in
 * the list's own order; `place` tells where a row stands in it.
 */
export async function pageOf<T>(
  { first, after }: PageArgs,
  rows: (limit: number, after: Place | undefined) => Promise<readonly T[]>,
  place: (row: T) => Place,
): Promise<Connection<T>> {
  const size = first ?? defaultPage;
  const from = after === undefined || after === null ? undefined : placeOf(after);
  const found = await rows(size + 1, from);
  const nodes = found.slice(0, size);
  const edges = nodes.map((node) => ({ node, cursor: cursorOf(place(node)) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: found.length > size,
      hasPreviousPage: from !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** One page of a list that is already at hand, in its order. `place` must be unique in the list. */
export function pageOfList<T>(args: PageArgs, all: readonly T[], place: (row: T) => Place): Promise<Connection<T>> {
  return pageOf(
    args,
    async (limit, after) => {
      const cursor = after === undefined ? undefined : cursorOf(after);
      const at = cursor === undefined ? -1 : all.findIndex((row) => cursorOf(place(row)) === cursor);
      if (cursor !== undefined && at < 0) throw new Failure('BAD_CURSOR');
      return all.slice(at + 1, at + 1 + limit);
    },
    place,
  );
}
