import { newId } from '@app/kernel';
import type { StoredEvent } from '../event-store.js';
import { checkedAppend } from './checked-append.js';
import { placeOf } from './position.js';
import { Tail } from './sqlite.tail.js';

const events = (count: number, text = '') =>
  Array.from({ length: count }, () => ({ id: newId(), type: 'Noted', data: { text }, meta: {} }));
const append = (count: number, text?: string) => checkedAppend('note-1', events(count, text), 'any');
const places = (found: readonly StoredEvent[] | undefined) =>
  found?.map(({ position, revision }) => [placeOf(position), revision]);

describe('the newest events of a log', () => {
  it('are what was committed after the place where it began', () => {
    const tail = new Tail(7);
    tail.committed(append(2), 1, 9);
    tail.committed(append(1), 2, 10);
    expect(places(tail.after(7, 10))).toEqual([
      [8, 0],
      [9, 1],
      [10, 2],
    ]);
    expect(places(tail.after(8, 1))).toEqual([[9, 1]]);
  });

  it('do not hold what came before, nor what is still to come', () => {
    const tail = new Tail(7);
    tail.committed(append(1), 0, 8);
    expect(tail.after(6, 10)).toBeUndefined();
    expect(tail.after(8, 10)).toBeUndefined();
  });

  it('leave out an append that was there already: it is stored as it was written first', () => {
    const tail = new Tail(7);
    tail.committed(append(1), 3, 5);
    tail.committed(append(1), 0, 8);
    tail.committed(append(1, 'again'), 0, 8);
    expect(tail.after(7, 10)).toEqual([expect.objectContaining({ data: { text: '' } })]);
  });

  it('begin anew after a gap: a group whose outcome nobody knew', () => {
    const tail = new Tail(0);
    tail.committed(append(1), 0, 1);
    tail.committed(append(1), 2, 3);
    expect(tail.after(0, 10)).toBeUndefined();
    expect(places(tail.after(2, 10))).toEqual([[3, 2]]);
  });

  it('are bounded, in number and in size', () => {
    const tail = new Tail(0);
    for (let place = 1; place <= 1_001; place++) tail.committed(append(1), place - 1, place);
    expect(tail.after(0, 10)).toBeUndefined();
    const long = 'x'.repeat(900_000);
    for (let place = 1_002; place <= 1_007; place++) tail.committed(append(1, long), place - 1, place);
    expect(tail.after(1_001, 10)).toBeUndefined();
  });
});
