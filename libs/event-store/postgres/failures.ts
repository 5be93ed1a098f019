import postgres from 'postgres';

/**
 * What a failed query means. `refused`: the server (or the client, before sending) objects to its content and will again.
 * `nothing`: it had no effect, and another try may succeed. `lost`: it may have had its effect.
 */
export type Failure = 'refused' | 'nothing' | 'lost';

/** Given to who waited for longer than the attempt may take. */
export class NoAnswer extends Error {
  constructor(milliseconds: number) {
    super(`The server gave no answer within ${milliseconds} ms.`);
    this.name = 'NoAnswer';
  }
}

/** SQLSTATE classes that speak of the server's state: connection, serialization, resources, operator intervention, system error. */
const PASSING = new Set(['08', '40', '53', '57', '58']);
/** A standby that was a primary a moment ago. */
const READ_ONLY = '25006';
/** The server ends connections: the one answer that may come although a commit went through. */
const SHUTDOWN = new Set(['57P01', '57P02']);

/** @param sent whether the query was handed to a connection that was ready */
export function whatFailed(error: unknown, sent: boolean): Failure {
  if (!sent) return 'nothing';
  if (error instanceof postgres.PostgresError) {
    if (SHUTDOWN.has(error.code)) return 'lost';
    return PASSING.has(error.code.slice(0, 2)) || error.code === READ_ONLY ? 'nothing' : 'refused';
  }
  return error instanceof NoAnswer || isConnectionError(error) ? 'lost' : 'refused';
}

/** `CONNECTION_CLOSED` and its like from postgres.js, `ECONNRESET` and its like from the system. */
function isConnectionError(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^(CONNECT|E[A-Z]+$|EAI_|ERR_(STREAM|SOCKET|SSL|TLS))/.test(code);
}
