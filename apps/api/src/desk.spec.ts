import { jest } from '@jest/globals';
import { TurnOver } from '@app/event-store';
import { PostgresLeases, type PostgresLeasesOptions } from '@app/event-store/adapters';
import type { Postgres } from '@app/postgres';
import { openLeases } from './desk.module.js';
import type { Log } from './log.js';

describe('the turns of a projector', () => {
  it('are called another’s only where they are', async () => {
    const lines: string[] = [];
    const note = (level: string) => (_: object, line: string) => void lines.push(`${level}: ${line}`);
    const open = jest.spyOn(PostgresLeases, 'open').mockResolvedValue(undefined as never);
    await openLeases({} as Postgres, { warn: note('warn'), debug: note('debug') } as unknown as Log);
    const { onTrouble } = open.mock.calls[0]![0] as Required<PostgresLeasesOptions>;
    open.mockRestore();
    for (const error of [new Error('away'), new Error('away'), new TurnOver('gone')]) onTrouble(error, 'projections');
    expect(lines).toEqual([
      'warn: The work could not begin or go on; it is tried again',
      'debug: The work could not begin or go on; it is tried again',
      'warn: It is no longer this process’s turn',
    ]);
  });
});
