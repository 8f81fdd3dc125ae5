import 'reflect-metadata';
import { greeting } from './greeting.js';
import { onHangup } from './hangup.js';
import { start } from './running.js';
import { startFailure } from './start-failure.js';
import { stopWithin } from './stopping.js';

const waiting = new AbortController();
const leave = (): void => waiting.abort();
process.once('SIGTERM', leave).once('SIGINT', leave);
const rebuildOnHangup = onHangup();
try {
  const running = await start(process.env, waiting.signal);
  const { config, log } = running.house;
  const stop = (): void => {
    void stopWithin(config.SHUTDOWN_MS, running.stop, log).then((code) => process.exit(code));
  };
  if (waiting.signal.aborted) stop();
  waiting.signal.addEventListener('abort', stop);
  rebuildOnHangup(running.work, log);
  console.log(greeting(running));
} catch (error) {
  if (waiting.signal.aborted) process.exit(0);
  console.error(`Ronde cannot start. ${startFailure(error, process.env)}`);
  process.exit(1);
}
