import { appendClauses } from './contract/append.clauses.js';
import type { Clause, OpenStore } from './contract/clause.js';
import { limitClauses } from './contract/limit.clauses.js';
import { readClauses } from './contract/read.clauses.js';
import { repetitionClauses } from './contract/repetition.clauses.js';
import { type Pair, sharedClauses } from './contract/shared.clauses.js';
import { subscribeClauses } from './contract/subscribe.clauses.js';

export type { Clause, Opened, OpenStore } from './contract/clause.js';
export { ElsewhereStore } from './elsewhere.testing.js';
export { failingReads } from './failing.testing.js';
export { StandIn, type StandInOptions } from './standin/standin.testing.js';

/** What every event store does (eventstore.md §6, house.md §9). A clause counts because a broken adapter was seen to fail it. */
export const eventStoreClauses: readonly Clause[] = [
  ...appendClauses,
  ...repetitionClauses,
  ...readClauses,
  ...subscribeClauses,
  ...limitClauses,
];

const PATIENCE_MS = 10_000;

/** Holds an adapter to the contract: one test per clause, each on a store of its own. */
export function eventStoreContract(name: string, open: OpenStore): void {
  describe(`the event store contract: ${name}`, () => {
    it.each(eventStoreClauses.map((it) => [it.clause, it] as const))('%s', async (_, { run }) => {
      const opened = await open();
      try {
        await run(opened, PATIENCE_MS);
      } finally {
        await opened.dispose();
      }
    });
  });
}

/** Holds an adapter whose log several processes share to what that asks of it, on two handles. */
export function sharedLogContract(name: string, open: () => Promise<Pair>): void {
  describe(`the contract of a log that several processes share: ${name}`, () => {
    it.each(sharedClauses.map((it) => [it.clause, it] as const))('%s', async (_, { run }) => {
      const pair = await open();
      try {
        await run(pair, PATIENCE_MS);
      } finally {
        await pair.dispose();
      }
    });
  });
}
