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
  console.log(greeting(running));
} catch (error) {
  console.error(`Ronde cannot start. ${startFailure(error, process.env)}`);
  process.exit(1);
}
