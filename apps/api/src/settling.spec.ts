import type { Consistency, Receipt } from '@app/event-store';
import type { Positions } from '@app/identity';
import { SettlingInTime } from './settling.js';

const receipt: Receipt = { stream: 'circle-1', revision: 0, position: '7', types: ['CircleProposed'] };

describe('what a command caused', () => {
  const noted: unknown[] = [];
  const positions = { wrote: async (...what: unknown[]) => void noted.push(what) } as unknown as Positions;
  const settling = (settle: () => Promise<'settled' | 'late'>): SettlingInTime => {
    const it = new SettlingInTime(100, positions);
    it.begin({ settle } as unknown as Consistency);
    return it;
  };
  beforeEach(() => void noted.splice(0));

  it('is settled, and nothing has to be waited for any more', async () => {
    expect(await settling(async () => 'settled').settled(receipt, 'account')).toBe(true);
    expect(noted).toEqual([]);
  });

  it.each([
    ['is late', async () => 'late' as const],
    ['cannot be looked for', () => Promise.reject(new Error('the event store is away'))],
  ])('is waited for by whichever process is asked next, when it %s', async (_, settle) => {
    expect(await settling(settle).settled(receipt, 'account')).toBe(false);
    expect(noted).toEqual([['account', '7']]);
  });
});
