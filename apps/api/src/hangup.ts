import type { Log } from './log.js';
import type { Work } from './work/work.js';

/**
 * SIGHUP builds the read models again beside the live ones, where this process writes them. Until the work is named it only says that it
 * is too early: left alone, the signal would end the process.
 */
export function onHangup(): (work: Pick<Work, 'rebuild'>, log: Pick<Log, 'error' | 'info'>) => void {
  let act = (): void =>
    console.error('SIGHUP came before the start was over: nothing is built again. Send it again later.');
  process.on('SIGHUP', () => act());
  return (work, log) => {
    act = () =>
      void work.rebuild().then(
        () => log.info('The read models were built again'),
        (error: unknown) => log.error({ err: error }, 'The read models were not built again'),
      );
  };
}
