import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type sendUnaryData, Server, ServerCredentials } from '@grpc/grpc-js';
import { type Allowed, append, batchAppend, type Behaviour } from './appends.js';
import { StandInLog } from './log.js';
import { read } from './reads.js';

/** What the process is started with, as JSON in its first argument. */
export interface Start {
  readonly file: string;
  readonly port: number;
  readonly version: string;
  readonly dropBehind: number;
  /** What it shows to prove who it is; it speaks in the clear without. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The only user, where not everybody may append and read. */
  readonly user?: { readonly username: string; readonly password: string };
}

/** What it is told later. Each is answered by how things stand. */
export type Order = Partial<Behaviour>;
export interface Standing {
  readonly port: number;
  readonly openReads: number;
}

const BIGGEST_MESSAGE = 4 * 1024 * 1024;

const { file, port, version, dropBehind, tls, user } = JSON.parse(process.argv[2]!) as Start;
const log = new StandInLog(file);
const open = new Set<object>();
const behaviour: Behaviour = {
  answersToLose: 0,
  answersToDelay: 0,
  delayMs: 0,
  appendsNotReady: 0,
  denied: false,
  follower: false,
};
let bound = port;
const token = user && `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`;
const allowed: Allowed = ({ metadata }) =>
  !behaviour.denied && (token === undefined || metadata.get('authorization')[0] === token);

const server = new Server({ 'grpc.max_receive_message_length': BIGGEST_MESSAGE });
server.addService(services.StreamsService, {
  read: read(log, {
    allowed,
    leader: () => (behaviour.follower ? { host: '127.0.0.1', port: bound } : undefined),
    dropBehind,
    open,
  }),
  append: append(log, behaviour, allowed),
  batchAppend: batchAppend(log, behaviour, allowed),
  delete: never,
  tombstone: never,
});
server.addService(features.ServerFeaturesService, {
  getSupportedMethods: (_: unknown, answer: sendUnaryData<InstanceType<typeof featureMessages.SupportedMethods>>) =>
    answer(null, supported()),
});
server.addService(gossip.GossipService, {
  read: (_: unknown, answer: sendUnaryData<InstanceType<typeof gossipMessages.ClusterInfo>>) => answer(null, cluster()),
});

/** Nothing of the log is ever deleted. */
function never(_: unknown, answer: sendUnaryData<never>): void {
  answer({ code: 12, details: 'the stand-in deletes nothing' });
}

function supported() {
  const methods = ['batchappend', 'append', 'read'].map((name) =>
    new featureMessages.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
  );
  return new featureMessages.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(methods);
}

function cluster() {
  const here = new gossipMessages.EndPoint().setAddress('127.0.0.1').setPort(bound);
  const member = new gossipMessages.MemberInfo()
    .setInstanceId(new shared.UUID().setString('00000000-0000-4000-8000-000000000001'))
    .setTimeStamp('0')
    .setState(gossipMessages.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(here);
  return new gossipMessages.ClusterInfo().setMembersList([member]);
}

function tell(): void {
  const standing: Standing = { port: bound, openReads: open.size };
  process.send!(standing);
}

process.on('message', (order: Order) => {
  Object.assign(behaviour, order);
  tell();
});
process.on('disconnect', () => process.exit(0));
const pairs = tls && [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }];
const credentials = pairs === undefined ? ServerCredentials.createInsecure() : ServerCredentials.createSsl(null, pairs);
server.bindAsync(`127.0.0.1:${port}`, credentials, (error, at) => {
  if (error !== null) throw error;
  bound = at;
  tell();
});
