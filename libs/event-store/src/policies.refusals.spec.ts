import { derivedId, type Recorded, Refusal } from '@app/kernel';
import type { Receipt } from './act.js';
import { MemoryEventStore } from './adapters/memory.js';
import { MemoryCheckpointStore } from './checkpoints.js';
import type { Decoder } from './follow.js';
import { PolicyRunner } from './policies.js';
import { forEachTarget, Policy } from './policy.js';

const plain: Decoder = { decode: async (events) => events as unknown as readonly Recorded[] };

/** Admits at every target, unless `stumble` throws there. */
class ThenAdmit extends Policy {
  override readonly name = 'when-decided-then-admit';
  override readonly on = { Decided: (fact: Recorded) => this.admit(fact) };
  seen = 0;

  constructor(
    private readonly log: MemoryEventStore,
    private readonly stumble: (target: string) => void,
  ) {
    super();
  }

  private admit(fact: Recorded): Promise<Receipt[]> {
    this.seen += 1;
    return forEachTarget(['a', 'b', 'c', 'd'], async (target) => {
      this.stumble(target);
      return write(this.log, `circle-${target}`, 'Admitted', fact.id);
    });
  }
}

async function write(log: MemoryEventStore, stream: string, type: string, cause: string): Promise<Receipt> {
  const event = { id: derivedId(stream, type, cause), type, data: {}, meta: {} };
  const { revision, position } = await log.append(stream, [event], 'any');
  return { stream, revision, position, types: [type] };
}

describe('a policy that acts on many', () => {
  let log: MemoryEventStore;
  let runner: PolicyRunner;
  let told: unknown[][];
  const decided = async (stumble: (target: string) => void): Promise<{ policy: ThenAdmit; receipt: Receipt }> => {
    const policy = new ThenAdmit(log, stumble);
    const checkpoints = new MemoryCheckpointStore();
    const onRefused = ({ code, details }: Refusal, { type }: Recorded, name: string) =>
      void told.push([code, details['target'], type, name]);
    runner = new PolicyRunner({ store: log, codec: plain, checkpoints, policies: [policy], onRefused });
    await runner.start();
    const receipt = await write(log, 'proposal-1', 'Decided', 'spec');
    expect(await runner.waitFor(receipt.position, receipt.types, 5_000)).toBe(true);
    return { policy, receipt };
  };
  const admitted = (receipt: Receipt): string[] => runner.consequencesOf(receipt).map(({ stream }) => stream);

  beforeEach(() => {
    log = new MemoryEventStore();
    told = [];
  });
  afterEach(() => runner.stop());

  it('tells of every refusal, and acts for those that were not refused', async () => {
    const { policy, receipt } = await decided((target) => {
      if (target === 'a' || target === 'c') throw new Refusal('NOT_A_MEMBER', { target });
    });
    expect(told).toEqual([
      ['NOT_A_MEMBER', 'a', 'Decided', policy.name],
      ['NOT_A_MEMBER', 'c', 'Decided', policy.name],
    ]);
    expect(admitted(receipt)).toEqual(['circle-b', 'circle-d']);
    expect(runner.state().policies).toMatchObject([{ refused: 1 }]);
  });

  it.each([
    ['an error', new Error('disk full')],
    ['a lost race', new Refusal('STALE')],
  ])('tries again after %s', async (_, stumble) => {
    const stumbles = [stumble];
    const { policy, receipt } = await decided((target) => {
      const next = target === 'b' ? stumbles.shift() : undefined;
      if (next !== undefined) throw next;
    });
    expect(policy.seen).toBe(2);
    expect(told).toEqual([]);
    expect(admitted(receipt)).toEqual(['circle-a', 'circle-b', 'circle-c', 'circle-d']);
  });
});
