import 'reflect-metadata';
import { greeting } from './greeting.js';
import { start } from './running.js';
import { startFailure } from './start-failure.js';
import { stopWithin } from './stopping.js';

try {
  const running = await start(process.env);
  const { config, log } = running.house;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      void stopWithin(config.SHUTDOWN_MS, running.stop, log).then((code) => process.exit(code));
    });
  // Rebuilds the read models beside the live ones, while serving.
  process.on('SIGHUP', () => {
    void running.house.projections.rebuild().catch((error: unknown) => {
      log.error({ err: error }, 'The read models were not built again');
    });
  });
  console.log(greeting(running));
} catch (error) {
  console.error(`Ronde cannot start. ${startFailure(error, process.env)}`);
  process.exit(1);
}
