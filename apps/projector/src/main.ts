import 'reflect-metadata';
import { startFailure } from '../../api/src/start-failure.js';
import { stopWithin } from '../../api/src/stopping.js';
import { startProjector } from './projecting.js';

const waiting = new AbortController();
const leave = (): void => waiting.abort();
process.once('SIGTERM', leave).once('SIGINT', leave);
try {
  const running = await startProjector(process.env, waiting.signal);
  const { config, log } = running.house;
  const stop = (): void => {
    void stopWithin(config.SHUTDOWN_MS, running.stop, log).then((code) => process.exit(code));
  };
  if (waiting.signal.aborted) stop();
  waiting.signal.addEventListener('abort', stop);
  // Builds the read models again beside the live ones, where it is this process's turn to write them.
  process.on('SIGHUP', () => {
    void running.work.rebuild().catch((error: unknown) => {
      log.error({ err: error }, 'The read models were not built again');
    });
  });
  console.log(`Ronde projects. Health and metrics: ${running.url}`);
} catch (error) {
  if (waiting.signal.aborted) process.exit(0);
  console.error(`Ronde cannot project. ${startFailure(error, process.env)}`);
  process.exit(1);
}
