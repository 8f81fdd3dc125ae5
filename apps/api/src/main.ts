import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { greeting } from './greeting.js';
import { start } from './running.js';
import { startFailure } from './start-failure.js';

try {
  const running = await start(process.env);
  const { SHUTDOWN_MS } = running.house.config;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      void Promise.race([running.stop().then(() => 0), pause(SHUTDOWN_MS, 1)]).then((code) => process.exit(code));
    });
  // Rebuilds the read models beside the live ones, while serving.
  process.on('SIGHUP', () => {
    void running.house.projections.rebuild().catch((error: unknown) => {
      running.house.log.error({ err: error }, 'The read models were not built again');
    });
  });
  console.log(greeting(running));
} catch (error) {
  console.error(`Ronde cannot start. ${startFailure(error, process.env)}`);
  process.exit(1);
}
