import 'reflect-metadata';
import { join } from 'node:path';
import { CurrentViewer, InputPipe, IsId, Refused, Recorded, resultOf, Sentence, Viewer } from '@app/graph';
import { Identity, Member } from '@app/identity';
import { SqliteIdentityDatabase } from '@app/identity/adapters';
import { newId, SystemClock } from '@app/kernel';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Args, Field, GraphQLModule, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Database from 'better-sqlite3';
import { IsInt, IsOptional, Min } from 'class-validator';
import { Actors } from '../../../api/src/actor.js';
import { type Config, readConfig } from '../../../api/src/config.js';
import { makeFolder } from '../../../api/src/data-dir.js';
import { AsThrown } from '../../../api/src/graphql/as-thrown.filter.js';
import { ErrorAnswers } from '../../../api/src/graphql/error-answers.js';
import { graphOptions } from '../../../api/src/graphql/graph-options.js';
import { openServer } from '../../../api/src/http/server.js';
import { nestLog, openLog } from '../../../api/src/log.js';
import { serve } from './command-messages.js';

/** What the same document finds here: the names and shapes of the real schema, and nothing behind them. */
@ObjectType('RosterPlace')
class ConstantPlace {
  @Field(() => Member)
  member!: Member;
  @Field()
  state!: string;
}

@ObjectType('ConsentRound')
class ConstantRound {
  @Field(() => ID)
  id!: string;
  @Field(() => [ConstantPlace])
  roster!: ConstantPlace[];
}

@ObjectType('Proposal')
class ConstantProposal {
  @Field(() => ID)
  id!: string;
  @Field()
  phase!: string;
  @Field(() => Int)
  version!: number;
  @Field(() => ConstantRound)
  lastRound!: ConstantRound;
}

@InputType('GiveConsentInput')
class ConstantInput {
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsId()
  commandId?: string | null;

  @Field(() => ID)
  @IsId()
  proposalId!: string;

  @Field(() => ID)
  @IsId()
  roundId!: string;

  @Field(() => Int)
  @IsInt()
  @Min(1)
  version!: number;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 4_000, optional: true })
  concern?: string | null;
}

const GiveConsentResult = resultOf('GiveConsentResult', () => ConstantProposal);
const places = Array.from({ length: 8 }, () => ({ member: Member.of(newId()), state: 'consent' }));
const lastRound: ConstantRound = { id: newId(), roster: places };
const proposal: ConstantProposal = { id: newId(), phase: 'ConsentRound', version: 1, lastRound };

@Resolver()
class ConstantResolver {
  @Query(() => Boolean)
  here(): boolean {
    return true;
  }

  @Mutation(() => Boolean)
  nothing(@CurrentViewer() _viewer: Viewer): boolean {
    return true;
  }

  @Mutation(() => GiveConsentResult)
  async giveConsent(
    @CurrentViewer() _viewer: Viewer,
    @Args('input') _input: ConstantInput,
  ): Promise<ConstantProposal | Refused | Recorded> {
    return proposal;
  }
}

@Module({})
class ConstantModule {
  static of(config: Config, identity: Identity): DynamicModule {
    const log = openLog(config.LOG_LEVEL);
    const actors = new Actors(identity, () => Promise.resolve(true));
    const options = graphOptions(config, { actors, errors: new ErrorAnswers(log), log });
    const graph = GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, ...options });
    return { module: ConstantModule, imports: [graph], providers: [ConstantResolver] };
  }
}

const config = readConfig(process.env);
makeFolder(config.DATA_DIR);
const database = new Database(join(config.DATA_DIR, 'desk.db'));
const identity = await Identity.open({
  database: new SqliteIdentityDatabase(database),
  clock: new SystemClock(),
  secret: newId(),
  baseUrl: config.BASE_URL,
  trustedOrigins: [],
  openSignUp: false,
  triesPerMinute: config.SIGN_IN_TRIES,
  log: () => undefined,
});
const person = { name: 'Membre', email: 'membre@ronde.test', passwordHash: await identity.hashPassword(newId()) };
const accountId = await identity.createAccount(person);
const memberId = await identity.createMembership({ accountId, communityId: newId() });
await identity.confirmRegistered(memberId);
const { token } = await identity.createToken({ accountId, label: 'bench' });

const log = openLog(config.LOG_LEVEL);
const adapter = openServer(config, log);
const module = ConstantModule.of(config, identity);
const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: nestLog(log) });
app.useGlobalPipes(new InputPipe());
app.useGlobalFilters(new AsThrown());
await app.listen(0, config.HOST);
const { port } = app.getHttpServer().address() as { port: number };
serve({ port, tokens: [token], members: [memberId], rounds: [] }, () => app.close());
