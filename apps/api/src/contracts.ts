import 'reflect-metadata';
import { type Type, type DynamicModule } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import type { EventCatalogue } from '@app/kernel';
import { ddl } from '@app/read-store';
import { catalogues, modules, projections } from './contexts.js';
import { JoinsModule } from './joins/joins.module.js';

/** The generated contracts of `schema/`, by file name: what others depend on. Made from the code, without a database. */
export async function contracts(): Promise<Readonly<Record<string, string>>> {
  const tables = projections.flatMap((it) => it.tables);
  return {
    'schema.graphql': await sdl(),
    'events.json': `${JSON.stringify(events(catalogues), null, 2)}\n`,
    'read-models.sql': ddl(tables),
    'read-models.postgres.sql': ddl(tables, 'postgres'),
  };
}

async function sdl(): Promise<string> {
  const builder = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  const schema = await builder.get(GraphQLSchemaFactory).create(resolversOf([...modules, JoinsModule]));
  await builder.close();
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** Every event type with its newest version and JSON Schema; `x-key` marks text that people wrote and says whose key covers it. */
function events(all: readonly EventCatalogue[]): object[] {
  return all
    .flatMap(({ category, types }) =>
      Object.entries(types).map(([type, { version, data }]) => ({ category, type, version, data })),
    )
    .sort((a, b) => compare(`${a.category} ${a.type}`, `${b.category} ${b.type}`));
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** The resolvers that the modules provide, and those that they import. */
function resolversOf(roots: readonly (Type | DynamicModule)[]): Type[] {
  const seen = new Set<unknown>();
  const found = new Set<Type>();
  const visit = (module: Type | DynamicModule): void => {
    const target = 'module' in module ? module.module : module;
    if (seen.has(target)) return;
    seen.add(target);
    for (const provider of listed<Type>(MODULE_METADATA.PROVIDERS, target))
      if (typeof provider === 'function' && Reflect.hasMetadata('graphql:resolver_type', provider)) found.add(provider);
    listed<Type>(MODULE_METADATA.IMPORTS, target).forEach(visit);
  };
  roots.forEach(visit);
  return [...found];
}

const listed = <T>(key: string, target: object): T[] => (Reflect.getMetadata(key, target) as T[] | undefined) ?? [];
