const CLIENT_CODES = new Set([
  'CONNECTION_LOST',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * SQLSTATE classes that say nothing about the statement: connection, rollback by the server (deadlock), resources (disk
 * full, too many connections), object not in state (lock timeout), operator intervention, system error; and the
 * read-only transaction of a server that is being failed over.
 */
const SERVER_CODES = /^(08|40|53|55|57|58)...$|^25006$/;

/** Whether an error is the database's trouble, which passes, and not the fault of a statement or its data. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'StoreUnavailable' || error.name === 'DeadlinePassed') return true;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && (CLIENT_CODES.has(code) || SERVER_CODES.test(code));
}
