export * from './cipher.js';
export * from './vault.js';
