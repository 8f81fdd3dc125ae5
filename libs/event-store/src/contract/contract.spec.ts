import { eventStoreClauses } from '../testing.js';
import { appendFaults } from './faults.append.js';
import { limitFaults } from './faults.limit.js';
import { readFaults } from './faults.read.js';
import { sharedFaults } from './faults.shared.js';
import { subscribeFaults } from './faults.subscribe.js';
import { sabotaged, sabotagedPair } from './sabotage.js';
import { sharedClauses } from './shared.clauses.js';

const faults = [...appendFaults, ...readFaults, ...subscribeFaults, ...limitFaults];
const PATIENCE_MS = 500;

describe('the event store contract', () => {
  it.each(faults)('finds the fault: %s', async (clause, fault) => {
    const { run } = eventStoreClauses.find((it) => it.clause === clause)!;
    const opened = await sabotaged(fault);
    await expect(run(opened, PATIENCE_MS)).rejects.toThrow();
    await opened.dispose();
  });

  it('has no clause that was not seen to find a fault', () => {
    const proven = new Set(faults.map(([clause]) => clause));
    expect(eventStoreClauses.map(({ clause }) => clause).filter((clause) => !proven.has(clause))).toEqual([]);
    expect(new Set(eventStoreClauses.map(({ clause }) => clause)).size).toBe(eventStoreClauses.length);
  });
});

describe('the contract of a log that several processes share', () => {
  it.each(sharedFaults)('finds the fault: %s', async (clause, fault) => {
    const { run } = sharedClauses.find((it) => it.clause === clause)!;
    const pair = sabotagedPair(fault);
    await expect(run(pair, PATIENCE_MS)).rejects.toThrow();
    await pair.dispose();
  });

  it.each(sharedClauses.map((it) => [it.clause, it] as const))(
    'finds none where there is none: %s',
    async (_, { run }) => {
      const pair = sabotagedPair(() => ({}));
      await run(pair, PATIENCE_MS);
      await pair.dispose();
    },
  );

  it('has no clause that was not seen to find a fault', () => {
    expect(sharedClauses.map(({ clause }) => clause).sort()).toEqual(sharedFaults.map(([clause]) => clause).sort());
  });
});
