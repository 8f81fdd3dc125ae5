import { Readiness } from './health.js';

describe('readiness', () => {
  it('tells strangers a code, and the log what is wrong: once each time it changes', () => {
    const lines: object[] = [];
    const log = {
      warn: (line: object) => void lines.push(line),
      info: (line: object) => void lines.push(line),
    } as never;
    const readiness = new Readiness(log);
    let problem: string | undefined;
    readiness.add({ name: 'store', code: 'UNWRITABLE', problem: () => problem });

    expect(readiness.health()).toEqual({ ready: true, checks: { store: 'ok' } });
    expect(lines).toEqual([]);

    problem = 'disk I/O error at /var/secret';
    for (let asked = 0; asked < 3; asked++)
      expect(readiness.health()).toEqual({ ready: false, checks: { store: 'UNWRITABLE' } });
    expect(lines).toEqual([{ check: 'store', problem: 'disk I/O error at /var/secret' }]);

    problem = undefined;
    expect(readiness.health().ready).toBe(true);
    expect(lines).toHaveLength(2);
  });
});
