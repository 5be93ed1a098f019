import { isDatabaseAway } from './http/database-away';

/**
 * Keeps the process alive when the driver drops a failure. On each new connection postgres.js asks which array types there are, and nobody
 * awaits that (3.4.9, `fetchArrayTypes` in its connection.js): if the database goes just then, a rejection is left that no caller can
 * catch, and Node would end the process. The statement that wanted the connection fails as well, so nothing is hidden.
 * Any other rejection without a handler is a bug and ends the process, as it does by default.
 */
export function outliveDatabase(): void {
  process.on('unhandledRejection', (reason) => {
    if (!isDatabaseAway(reason)) throw reason;
  });
}
