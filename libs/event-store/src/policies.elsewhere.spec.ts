import { derivedId } from '@app/kernel';
import type { Receipt } from './act.js';
import { MemoryEventStore } from './adapters/memory.js';
import { Consistency } from './consistency.js';
import { PoliciesElsewhere } from './policies.elsewhere.js';

const admits = 'when-decided-then-admit';
const seats = 'when-admitted-then-seat';

describe('policies of another process', () => {
  let log: MemoryEventStore;
  let policies: PoliciesElsewhere;

  /** Writes what one command writes, because of an event or of nothing. */
  async function write(stream: string, types: readonly string[], cause?: Receipt): Promise<Receipt> {
    const [fact] = cause === undefined ? [] : await log.readStream(cause.stream, { from: cause.revision, max: 1 });
    const commandId = derivedId(stream, types.join(), fact?.id ?? '');
    const meta = { commandId, ...(fact === undefined ? {} : { $causationId: fact.id }) };
    const events = types.map((type) => ({ id: derivedId(commandId, type), type, data: {}, meta }));
    return { stream, ...(await log.append(stream, events, 'any')), types };
  }

  beforeEach(() => {
    log = new MemoryEventStore();
    const on = (type: string) => ({ [type]: () => Promise.resolve() });
    policies = new PoliciesElsewhere({
      store: log,
      policies: [
        { name: admits, on: on('Decided') },
        { name: seats, on: on('Admitted') },
      ],
    });
  });

  it('are waited for until every one that handles one of the facts has handled it', async () => {
    const receipt = await write('proposal-1', ['Decided', 'Logged']);
    const [decided] = await log.readStream('proposal-1', { max: 1 });
    expect(policies.handles(receipt.types)).toBe(true);
    expect(policies.handles(['Consented'])).toBe(false);
    expect(await policies.acted(receipt, 5)).toBe(false);
    const acted = policies.acted(receipt, 5_000);
    policies.moved([['a-policy-of-a-newer-release', receipt.position]]);
    // Its checkpoint stands at the event it handles, before the end of what was written with it.
    policies.moved([[admits, decided!.position]]);
    expect(await acted).toBe(true);
  });

  it('have caused what the log says was caused by the facts of a receipt, one receipt a command', async () => {
    const receipt = await write('proposal-1', ['Consented', 'Decided']);
    await write('proposal-2', ['Decided']);
    const admitted = await write('circle-1', ['Offered', 'Admitted'], receipt);
    const logged = await write('logbook-1', ['EntryWritten'], receipt);
    await write('circle-2', ['Seated'], admitted);
    expect(await policies.consequencesOf(receipt, 5_000)).toEqual([admitted, logged]);
    expect(await policies.consequencesOf(logged, 5_000)).toEqual([]);
  });

  it('have not caused anything that could be found in no time', async () => {
    expect(await policies.consequencesOf(await write('proposal-1', ['Decided']), -1)).toBeUndefined();
  });

  it('are waited for again where they begin again', async () => {
    const receipt = await write('proposal-1', ['Decided']);
    policies.moved([[admits, receipt.position]]);
    expect(await policies.acted(receipt, 5)).toBe(true);
    policies.moved([[seats, receipt.position]], true);
    expect(await policies.acted(receipt, 5)).toBe(false);
    policies.moved([[admits, receipt.position]], true);
    expect(await policies.acted(receipt, 5)).toBe(true);
  });

  it('are not said to have acted on what cannot be found', async () => {
    const receipt = await write('proposal-1', ['Decided']);
    expect(await policies.acted({ ...receipt, stream: 'proposal-2' }, 5)).toBe(false);
  });

  it('are followed, wave by wave, before a command is settled', async () => {
    const waits: string[] = [];
    const projections = { waitFor: (position: string) => (waits.push(position), Promise.resolve(true)) };
    const receipt = await write('proposal-1', ['Decided']);
    const settled = new Consistency(projections, policies).settle(receipt, 5_000);
    const admitted = await write('circle-1', ['Admitted'], receipt);
    policies.moved([[admits, receipt.position]]);
    const seated = await write('circle-2', ['Seated'], admitted);
    policies.moved([[seats, admitted.position]]);
    expect(await settled).toBe('settled');
    expect(waits).toEqual([seated.position]);
  });
});
