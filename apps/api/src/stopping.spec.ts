import { setTimeout as pause } from 'node:timers/promises';
import { requestsMayTake, sealsMayTake, stopWithin } from './stopping.js';

describe('a stop', () => {
  const lines: string[] = [];
  const log = { error: (_: object, line: string) => void lines.push(line) } as never;
  beforeEach(() => void lines.splice(0));

  it('that ends in time is a success', async () => {
    expect(await stopWithin(1000, async () => undefined, log)).toBe(0);
    expect(lines).toEqual([]);
  });

  it('that fails is logged, and no success', async () => {
    expect(await stopWithin(1000, () => Promise.reject(new Error('disk full')), log)).toBe(1);
    expect(lines).toEqual(['The stop failed']);
  });

  it('that takes too long is given up', async () => {
    expect(await stopWithin(10, () => pause(200), log)).toBe(1);
    expect(lines).toEqual(['The stop took too long']);
  });

  it('leaves time for what comes after the requests, and after the last seals', () => {
    expect(requestsMayTake(10_000)).toBe(8_000);
    expect(sealsMayTake(10_000)).toBe(1_000);
    expect(sealsMayTake(101)).toBe(11);
  });
});
