import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, start } from '../src/running.js';

describe('the demo community', () => {
  it('times', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ronde-demo-'));
    const t0 = performance.now();
    const running: Running = await start({ NODE_ENV: 'test', PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' });
    console.log('first', performance.now() - t0, await running.house.store.head());
    await running.stop();
    const t1 = performance.now();
    const again = await start({ NODE_ENV: 'test', PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' });
    console.log('second', performance.now() - t1, await again.house.store.head());
    await again.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);
});
