import 'reflect-metadata';
import { onHangup } from '../../api/src/hangup.js';
import { startFailure } from '../../api/src/start-failure.js';
import { stopWithin } from '../../api/src/stopping.js';
import { startProjector } from './projecting.js';

const waiting = new AbortController();
const leave = (): void => waiting.abort();
process.once('SIGTERM', leave).once('SIGINT', leave);
const rebuildOnHangup = onHangup();
try {
  const running = await startProjector(process.env, waiting.signal);
  const { config, log } = running.house;
  const stop = (): void => {
    void stopWithin(config.SHUTDOWN_MS, running.stop, log).then((code) => process.exit(code));
  };
  if (waiting.signal.aborted) stop();
  waiting.signal.addEventListener('abort', stop);
  rebuildOnHangup(running.work, log);
  console.log(`Ronde projects. Health and metrics: ${running.url}`);
} catch (error) {
  if (waiting.signal.aborted) process.exit(0);
  console.error(`Ronde cannot project. ${startFailure(error, process.env)}`);
  process.exit(1);
}
