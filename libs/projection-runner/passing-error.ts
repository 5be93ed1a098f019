import { isNativeError } from 'node:util/types';

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
  // Not `instanceof`: errors of sockets may come from another realm (they do in Jest).
  if (!isNativeError(error)) return false;
  if (error.name === 'StoreUnavailable' || error.name === 'DeadlinePassed') return true;
  // Whatever the code: without its folder a Unix socket is ENOENT, which from a file would be no trouble of the database.
  if ('syscall' in error && error.syscall === 'connect') return true;
  const code = codeOf(error);
  return CLIENT_CODES.has(code) || SERVER_CODES.test(code);
}

/** SQLSTATE, or the code of the driver or the system; empty without one. */
export function codeOf(error: unknown): string {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
