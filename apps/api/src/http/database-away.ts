/** Codes of the driver and of the network that mean: there is no database to talk to just now. */
const AWAY = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_LOST',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * SQLSTATEs that speak of the server and not of the statement: connection, resources (disk full, too many connections), operator intervention
 * (shut down, starting up, a statement that took too long), system error; and the read-only standby while roles change.
 */
const SERVER_STATE = /^(08|53|57|58)...$|^25006$/;

/** Whether an error of the Postgres driver says that the database can't be reached: worth another try later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  const socketIsGone = error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';
  return AWAY.has(error.code) || SERVER_STATE.test(error.code) || socketIsGone;
}
