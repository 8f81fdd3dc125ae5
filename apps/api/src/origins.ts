import type { Config } from './config.js';

/** The pages that may send a cookie: those of the address people know, and of the settings. */
export function originsOf({ BASE_URL, TRUSTED_ORIGINS, HOST, PORT }: Config): string[] {
  return [new URL(BASE_URL).origin, ...TRUSTED_ORIGINS, ...namesOfHere(HOST, PORT)];
}

/** On this machine alone, its two usual names are one place. */
const namesOfHere = (host: string, port: number): string[] =>
  ['127.0.0.1', 'localhost', '::1'].includes(host) ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`] : [];
