import type { EventStore } from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import type { Viewer } from '@app/graph';
import { MemoryVault } from '@app/vault/adapters';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import { VerificationResolver } from './verification.resolver.js';

/** An empty log whose readings end when they are let go, and which counts those under way. */
class HeldStore extends MemoryEventStore {
  reading = 0;
  most = 0;
  letGo = (): void => undefined;
  private readonly gate = new Promise<void>((resolve) => (this.letGo = resolve));

  override async readAll(...args: Parameters<EventStore['readAll']>): ReturnType<EventStore['readAll']> {
    this.most = Math.max(this.most, (this.reading += 1));
    await this.gate;
    this.reading -= 1;
    return super.readAll(...args);
  }
}

const viewerOf = (communityId: string): Viewer => ({ communityId, locale: 'fr' }) as Viewer;
const headAt = (place: number): string =>
  Buffer.from(JSON.stringify({ position: String(place), hash: 'h' })).toString('base64url');

describe('checking the record', () => {
  it('runs once at a time, and lets eight of a community wait, not more', async () => {
    const store = new HeldStore();
    const resolver = new VerificationResolver(store, new MemoryVault());
    const check = (community: string, place: number) =>
      resolver.verifyAuditTrail(viewerOf(community), { knownHead: headAt(place) });
    const eight = Array.from({ length: 8 }, (_, place) => check('k1', place));
    const same = check('k1', 7);
    await expect(check('k1', 8)).rejects.toMatchObject({ code: 'CHECKS_BUSY' });
    const other = check('k2', 0);
    store.letGo();
    expect(await Promise.all([...eight, same, other])).toHaveLength(10);
    expect(store.most).toBe(1);
    expect(await check('k1', 8)).toMatchObject({ whole: false });
  });

  it('goes on after a check that broke', async () => {
    const store = new MemoryEventStore();
    const readAll = store.readAll.bind(store);
    store.readAll = () => Promise.reject(new Error('disk full'));
    const resolver = new VerificationResolver(store, new MemoryVault());
    await expect(resolver.verifyAuditTrail(viewerOf('k1'), {})).rejects.toThrow('disk full');
    store.readAll = readAll;
    expect(await resolver.verifyAuditTrail(viewerOf('k1'), {})).toMatchObject({ whole: true });
  });

  it('has a price of its own', async () => {
    const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
    const schema = await module.get(GraphQLSchemaFactory).create([VerificationResolver]);
    const { extensions } = schema.getQueryType()!.getFields()['verifyAuditTrail']!;
    expect(extensions).toMatchObject({ complexity: 8_000 });
  });
});
