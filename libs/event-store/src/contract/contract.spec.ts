import { eventStoreClauses } from '../testing.js';
import { appendFaults } from './faults.append.js';
import { limitFaults } from './faults.limit.js';
import { readFaults } from './faults.read.js';
import { subscribeFaults } from './faults.subscribe.js';
import { sabotaged } from './sabotage.js';

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
