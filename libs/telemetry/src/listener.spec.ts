import { listen } from './listener.js';

describe('a port for those who watch', () => {
  it('serves its pages as they are when they are asked for, and nothing else', async () => {
    let asked = 0;
    const pages = {
      '/metrics': () => ({ type: 'text/plain', body: `asked ${(asked += 1)}` }),
      '/health/ready': () => Promise.resolve({ status: 503, type: 'application/json', body: '{"ready":false}' }),
      '/broken': () => Promise.reject(new Error('no answer')),
    };
    const { address, close } = await listen({ host: '127.0.0.1', port: 0 }, pages);
    const get = async (path: string, method = 'GET'): Promise<[number, string]> => {
      const response = await fetch(`http://127.0.0.1:${address.port}${path}`, { method });
      return [response.status, await response.text()];
    };
    expect(await get('/metrics')).toEqual([200, 'asked 1']);
    expect(await get('/metrics')).toEqual([200, 'asked 2']);
    expect(await get('/health/ready')).toEqual([503, '{"ready":false}']);
    expect(await get('/broken')).toEqual([500, 'Error: no answer']);
    expect(await get('/metrics', 'POST')).toEqual([405, '']);
    expect(await get('/toString')).toEqual([404, '']);
    await expect(listen({ host: '127.0.0.1', port: address.port }, pages)).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await close();
    await expect(get('/metrics')).rejects.toThrow();
  });
});
