import { jest } from '@jest/globals';
import { onHangup } from './hangup.js';

const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
const log = { error: jest.fn(), info: jest.fn() };

beforeEach(() => said.mockClear());
afterEach(() => void process.removeAllListeners('SIGHUP'));
afterAll(() => said.mockRestore());

describe('SIGHUP', () => {
  it('is answered before the start is over, and builds nothing then or later', () => {
    const named = onHangup();
    process.emit('SIGHUP');
    expect(said.mock.calls).toEqual([
      ['SIGHUP came before the start was over: nothing is built again. Send it again later.'],
    ]);
    const rebuild = jest.fn(async () => undefined);
    named({ rebuild }, log);
    expect(rebuild).not.toHaveBeenCalled();
  });

  it('builds the read models again once the work is named', () => {
    const rebuild = jest.fn(async () => undefined);
    onHangup()({ rebuild }, log);
    process.emit('SIGHUP');
    expect([rebuild.mock.calls.length, said.mock.calls]).toEqual([1, []]);
  });
});
