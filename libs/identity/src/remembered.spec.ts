import { Remembered } from './remembered.js';

const row = { accountId: 'ada' };

describe('what is remembered of an account', () => {
  it('is read once', async () => {
    const rows = new Remembered<typeof row>();
    const reads: string[] = [];
    const read = () => (reads.push('read'), Promise.resolve(row));
    expect(await rows.find('key', read)).toBe(row);
    expect(await rows.find('key', read)).toBe(row);
    expect(reads).toHaveLength(1);
  });

  it('is gone once forgotten, for that account alone', async () => {
    const rows = new Remembered<{ accountId: string }>();
    await rows.find('hers', () => Promise.resolve({ accountId: 'ada' }));
    await rows.find('his', () => Promise.resolve({ accountId: 'bo' }));
    rows.forget('ada');
    expect(rows.get('hers')).toBeUndefined();
    expect(rows.get('his')).toEqual({ accountId: 'bo' });
  });

  it('is not kept by a read that was under way when it was forgotten', async () => {
    const rows = new Remembered<typeof row>();
    const finding = rows.find('key', () => Promise.resolve(row));
    rows.forget('ada');
    await finding;
    expect(rows.get('key')).toBeUndefined();
  });

  it('does not keep that something was missing', async () => {
    const rows = new Remembered<typeof row>();
    expect(await rows.find('key', () => Promise.resolve(null))).toBeNull();
    expect(await rows.find('key', () => Promise.resolve(row))).toBe(row);
  });
});
