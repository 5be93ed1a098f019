/** Codes of the driver, of the network, and SQLSTATEs that mean: there is no database to talk to just now. */
const AWAY = new Set([
  'CONNECTION_CLOSED',
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
  '57P01',
  '57P02',
  '57P03', // shut down by an administrator, after a crash, starting up
  '53100',
  '53300', // disk full, too many connections
  '25006', // read-only: a standby, while roles change
]); // prettier-ignore

/** Whether an error of the Postgres driver says that the database can't be reached: worth another try later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  const socketIsGone = error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';
  return AWAY.has(error.code) || error.code.startsWith('08') || socketIsGone;
}
