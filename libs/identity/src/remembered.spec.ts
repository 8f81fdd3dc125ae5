import { type Others, Remembered } from './remembered.js';

const row = { accountId: 'ada' };
const alone: Others = { announce: () => undefined, onAnnounced: () => undefined };

describe('what is remembered of an account', () => {
  it('is read once', async () => {
    const rows = new Remembered<typeof row>(alone);
    const reads: string[] = [];
    const read = () => (reads.push('read'), Promise.resolve(row));
    expect(await rows.find('key', read)).toBe(row);
    expect(await rows.find('key', read)).toBe(row);
    expect(reads).toHaveLength(1);
  });

  it('is gone once forgotten, for that account alone', async () => {
    const rows = new Remembered<{ accountId: string }>(alone);
    await rows.find('hers', () => Promise.resolve({ accountId: 'ada' }));
    await rows.find('his', () => Promise.resolve({ accountId: 'bo' }));
    rows.forget('ada');
    expect(rows.get('hers')).toBeUndefined();
    expect(rows.get('his')).toEqual({ accountId: 'bo' });
  });

  it('is not kept by a read that was under way when it was forgotten', async () => {
    const rows = new Remembered<typeof row>(alone);
    const finding = rows.find('key', () => Promise.resolve(row));
    rows.forget('ada');
    await finding;
    expect(rows.get('key')).toBeUndefined();
  });

  it('does not keep that something was missing', async () => {
    const rows = new Remembered<typeof row>(alone);
    expect(await rows.find('key', () => Promise.resolve(null))).toBeNull();
    expect(await rows.find('key', () => Promise.resolve(row))).toBe(row);
  });

  it('is announced once forgotten, and gone when another process announces it, or may have', async () => {
    const announced: string[] = [];
    let hear: (accountId: string | undefined) => void = () => undefined;
    const rows = new Remembered<{ accountId: string }>({
      announce: (accountId) => void announced.push(accountId),
      onAnnounced: (heard) => (hear = heard),
    });
    const keep = (key: string, accountId: string) => rows.find(key, () => Promise.resolve({ accountId }));
    await keep('hers', 'ada');
    await keep('his', 'bo');
    rows.forget('ada');
    expect(announced).toEqual(['ada']);
    await keep('hers', 'ada');
    hear('ada');
    expect([rows.get('hers'), rows.get('his')]).toEqual([undefined, { accountId: 'bo' }]);
    hear(undefined);
    expect(rows.get('his')).toBeUndefined();
    expect(announced).toEqual(['ada']);
  });
});
