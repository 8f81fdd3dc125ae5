import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { Streams } from '@app/event-store';
import { type Decider, type Fact, newId } from '@app/kernel';
import type { LiveProjections, ProjectedStore } from '@app/read-store';
import { type Person, Ronde } from './support.js';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

/** A collector of traces on this machine: everything that was sent to it. */
class Collector {
  readonly spans: Span[] = [];
  readonly services = new Set<unknown>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Collector> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        collector.take(request.url, Buffer.concat(parts).toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const collector = new Collector(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private take(path: string | undefined, body: string): void {
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: {
        resource: { attributes: { key: string; value: { stringValue?: string } }[] };
        scopeSpans: { spans: Span[] }[];
      }[];
    };
    for (const { resource, scopeSpans } of path === '/v1/traces' ? resourceSpans : []) {
      this.services.add(resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue);
      for (const { spans } of scopeSpans) this.spans.push(...spans);
    }
  }

  /** The spans of a request's trace by name, each with the name of the one above it. */
  tree(requestId: string): string[] {
    const mine = this.spans.filter(({ traceId }) => traceId === requestId.replaceAll('-', ''));
    const names = new Map(mine.map(({ spanId, name }) => [spanId, name]));
    return mine
      .map(({ name, parentSpanId }) => `${name} < ${parentSpanId ? (names.get(parentSpanId) ?? 'nowhere') : 'root'}`)
      .sort();
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

/** The samples of `/metrics`, by name and labels as they stand there. */
async function metricsOf(ronde: Ronde): Promise<(sample: string) => number> {
  const text = await (await fetch(`${ronde.url}/metrics`)).text();
  const samples = new Map(text.split('\n').map((line) => [line.slice(0, line.lastIndexOf(' ')), line] as const));
  return (sample) => Number((samples.get(sample) ?? ' 0').split(' ').at(-1));
}

const anything: Decider<null, Fact> = { category: 'circle', initial: null, evolve: () => null };

/** Writes to a circle as another process on the same log would, behind the back of this one. */
async function elsewhere(ronde: Ronde, by: Person, { id, rootCircleId }: Founded, memberId: string): Promise<string> {
  const { store, codec, vault, clock } = ronde.running.house;
  const streams = new Streams(store, codec, vault, clock, { shared: true });
  const act = { community: id, circle: rootCircleId, actor: by.memberId, command: 'OfferAdmission', input: memberId };
  const offered: Fact = { type: 'AdmissionOffered', data: { memberId, by: by.memberId } };
  const ids = { commandId: newId(), correlationId: newId() };
  return (await streams.write(anything, rootCircleId, { ...act, ...ids }, () => [offered])).position;
}

interface Founded {
  readonly id: string;
  readonly rootCircleId: string;
}
const community = { name: 'C', circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 10, commandId: 'found' };

const projectionsOf = (ronde: Ronde): LiveProjections => ronde.running.work.watched.projections as LiveProjections;

describe('an operator', () => {
  let ronde: Ronde;
  let collector: Collector;
  let founder: Person;
  let founded: Founded;
  const others: Person[] = [];
  const foundingTrace = newId();
  const conflict = newId();

  beforeAll(async () => {
    collector = await Collector.open();
    ronde = await Ronde.open({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'ronde-e2e' });
    founder = await ronde.person('Maïté');
    const headers = { 'x-request-id': foundingTrace };
    founded = await founder.tries<Founded>('foundCommunity', community, { headers });
    founder.memberId = (
      await founder.gets<{ me: { member: { id: string } } }>('{ me { member { id } } }')
    ).me.member.id;
    for (const name of ['Omar', 'Naomi', 'Salma']) {
      const { token } = await founder.acts<{ token: string }>('invite');
      const person = await ronde.person(name);
      person.memberId = (await person.acts<{ member: { id: string } }>('redeemInvitation', { token })).member.id;
      others.push(person);
    }
  });
  afterAll(() => collector.close());

  it('counts what was accepted, what was refused, and who wrote first', async () => {
    const [omar, naomi, salma] = others as [Person, Person, Person];
    const circleId = founded.rootCircleId;
    const before = await metricsOf(ronde);
    await founder.acts('offerAdmission', { circleId, memberId: omar.memberId });
    await naomi.refused('offerAdmission', { circleId, memberId: salma.memberId });
    const position = await elsewhere(ronde, founder, founded, naomi.memberId);
    await projectionsOf(ronde).waitFor(position, 5_000);
    const headers = { 'x-request-id': conflict };
    await founder.tries('offerAdmission', { circleId, memberId: salma.memberId }, { headers });
    const after = await metricsOf(ronde);

    const offers = 'ronde_command_seconds_count{command="OfferAdmission",outcome=';
    const increments = {
      [`${offers}"accepted"}`]: 2,
      [`${offers}"refused"}`]: 1,
      [`${offers}"failed"}`]: 0,
      'ronde_append_conflicts_total{category="circle"}': 1,
      'ronde_append_retries_total{cause="stale"}': 1,
      'ronde_append_retries_total{cause="unavailable"}': 0,
      'ronde_events_appended_total{category="circle"}': 3,
      ronde_projected_events_total: 3,
      'ronde_store_seconds_count{operation="append"}': 4,
    };
    const seen = Object.keys(increments).map((sample) => [sample, after(sample) - before(sample)]);
    expect(Object.fromEntries(seen)).toEqual(increments);
  });

  it('sees the rows fall behind while they are held, and catch up', async () => {
    const models = ronde.running.house.part.models as ProjectedStore;
    const projections = projectionsOf(ronde);
    const apply = models.apply.bind(models);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    jest.spyOn(models, 'apply').mockImplementationOnce(async (...batch) => held.then(() => apply(...batch)));
    const [omar] = others as [Person];
    const stood = await metricsOf(ronde);
    const position = await elsewhere(ronde, founder, founded, omar.memberId);
    ronde.later({ minutes: 2 });

    const behind = await metricsOf(ronde);
    expect(behind('ronde_projection_behind_events')).toBe(1);
    expect(behind('ronde_projection_lag_seconds')).toBe(120);
    expect(behind('ronde_projection_last_event_age_seconds')).toBe(120);
    expect(behind('ronde_log_position') - behind('ronde_projection_position')).toBe(1);

    release();
    expect(await projections.waitFor(position, 5_000)).toBe(true);
    jest.restoreAllMocks();
    const after = await metricsOf(ronde);
    expect(after('ronde_projection_behind_events')).toBe(0);
    expect(after('ronde_projection_lag_seconds')).toBe(0);
    expect(after('ronde_log_position') - after('ronde_projection_position')).toBe(0);
    expect(after('ronde_projection_caught_up')).toBe(1);
    expect(after('ronde_projected_events_total') - stood('ronde_projected_events_total')).toBe(1);
  });

  it('finds in the metrics nobody, no stream and no community', async () => {
    const text = await (await fetch(`${ronde.url}/metrics`)).text();
    const people = [founder, ...others].flatMap(({ memberId, accountId }) => [memberId, accountId]);
    for (const id of [founded.id, founded.rootCircleId, ...people]) expect(text).not.toContain(id);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  });

  it('follows a command to the rows it changed, in one trace, by the id of the request', async () => {
    const refusal = newId();
    const headers = { 'x-request-id': refusal };
    const circleId = founded.rootCircleId;
    await others[0]!.tries('offerAdmission', { circleId, memberId: founder.memberId }, { headers });
    await ronde.close();

    const policy = 'policy when-community-founded-then-propose-root-circle';
    expect(collector.tree(foundingTrace)).toEqual([
      'append circle < command ProposeRootCircle',
      'append community < command FoundCommunity',
      'command FoundCommunity < root',
      `command ProposeRootCircle < ${policy}`,
      `${policy} < append community`,
      'project circle < append circle',
      'project community < append community',
    ]);
    expect(collector.tree(conflict)).toEqual([
      'append circle < command OfferAdmission',
      'append circle < command OfferAdmission',
      'command OfferAdmission < root',
      'project circle < append circle',
    ]);
    expect(collector.tree(refusal)).toEqual(['command OfferAdmission < root']);
    const refused = collector.spans.find(({ traceId }) => traceId === refusal.replaceAll('-', ''));
    expect(refused?.attributes.map(({ key, value }) => [key, ...Object.values(value)])).toEqual([
      ['ronde.command', 'OfferAdmission'],
      ['ronde.correlation_id', refusal],
      ['ronde.outcome', 'refused'],
      ['ronde.refusal', expect.stringMatching(/^[A-Z_]+$/)],
    ]);
    const told = JSON.stringify(collector.spans);
    for (const { memberId, accountId, name } of [founder, ...others])
      for (const who of [memberId, accountId, name]) expect(told).not.toContain(who);
    expect([...collector.services]).toEqual(['ronde-e2e']);
  });
});
