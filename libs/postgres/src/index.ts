export { addressOf } from './address.js';
export { isContention, isOutage, PostgresUnavailable, PostgresUnsupported, PostgresUrlInvalid } from './errors.js';
export { Postgres, type PostgresOptions, type Transaction } from './postgres.js';
