import { setTimeout as after } from 'node:timers/promises';
import { Reachable } from './reachable.js';

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !condition(); tries++) await after(10);
  expect(condition()).toBe(true);
}

describe('whether a server can be reached', () => {
  it('is asked again and again, one question at a time', async () => {
    let answer: () => Promise<void> = () => Promise.reject(new Error('nobody answers'));
    let asking = 0;
    let most = 0;
    const server = new Reachable(async () => {
      most = Math.max(most, (asking += 1));
      await after(15);
      asking -= 1;
      await answer();
    }, 5);
    expect(server.problem).toBeUndefined();
    server.start();
    await until(() => server.problem === 'nobody answers');
    answer = () => Promise.resolve();
    await until(() => server.problem === undefined);
    await server.stop();
    expect(most).toBe(1);
    expect(asking).toBe(0);
  });
});
