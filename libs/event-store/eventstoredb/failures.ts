import { ErrorType } from '@eventstore/db-client';

/**
 * What a failed call means. `refused`: the server objects to its content and will again. `nothing`: it had no effect, and
 * another try may succeed. `lost`: it may have had its effect.
 */
export type Failure = 'refused' | 'nothing' | 'lost';

/** Given to who waited for longer than the attempt may take. */
export class NoAnswer extends Error {
  constructor(milliseconds: number) {
    super(`The server gave no answer within ${milliseconds} ms.`);
    this.name = 'NoAnswer';
  }
}

/** Given to who waits when the store closes. */
export class Closed extends Error {
  constructor() {
    super('The event store is closed.');
    this.name = 'Closed';
  }
}

const REFUSED = new Set<unknown>([
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.STREAM_DELETED,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.MISSING_REQUIRED_METADATA_PROPERTY,
  ErrorType.WRONG_EXPECTED_VERSION,
]);
/** gRPC: INVALID_ARGUMENT, PERMISSION_DENIED, RESOURCE_EXHAUSTED (a message too large), FAILED_PRECONDITION, UNIMPLEMENTED, UNAUTHENTICATED. */
const REFUSED_CODES = new Set<unknown>([3, 7, 8, 9, 12, 16]);
/** What grpc-js says when it never had a connection. */
const NEVER_SENT = /ECONNREFUSED|No connection established|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|Failed to discover/;

/**
 * Errors are told apart by `type`: `instanceof` fails across copies of the package, and messages may be empty. `Unavailable`,
 * `DeadlineExceeded`, `Cancelled`, `Unknown` (RST_STREAM when the server stops) and what has no type at all leave the outcome open.
 */
export function whatFailed(error: unknown): Failure {
  if (error instanceof TypeError) return 'refused';
  const type = propertyOf(error, 'type');
  if (REFUSED.has(type) || REFUSED_CODES.has(propertyOf(error, 'code')) || isOffPosition(error)) return 'refused';
  if (type === ErrorType.NOT_LEADER) return 'nothing';
  return NEVER_SENT.test(messageOf(error)) ? 'nothing' : 'lost';
}

export const isOf = (error: unknown, type: ErrorType): boolean => propertyOf(error, 'type') === type;

/** A position where no event begins. The server says no more than this. */
export const isOffPosition = (error: unknown): boolean => /ReadAllResult: (Error|InvalidPosition)/.test(messageOf(error));

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
