import type { LockRequest, LockState } from './lock/lock.state';

export interface FieldError {
  field: string;
  message: string;
}

/** Why a command is refused (protocol, "Errors"). The HTTP border turns it into `application/problem+json`. */
export type Problem =
  | { problem: 'invalid-request'; errors: FieldError[] }
  | { problem: 'not-found'; what: string }
  /** `conflicts` is empty where the time of what stood in the way is over, and only those who waited have to be served first; `ahead`: who waits before. */
  | { problem: 'lock-held'; conflicts: readonly LockState[]; ahead: readonly LockRequest[] }
  | { problem: 'lock-ended'; lock: LockState }
  | { problem: 'not-lock-owner'; lock: LockState; to: 'renew' | 'release' }
  /** `why`: what is wrong with the fence, and who holds the resource now; a sentence without its full stop. */
  | { problem: 'fence-superseded'; fence: number; current_fence: number | null; why: string }
  | { problem: 'revision-conflict'; current_revision: number }
  | { problem: 'gates-not-passed'; gates: readonly { name: string; status: string }[] }
  /** `over`: it is to be done no more, whoever has it. */
  | { problem: 'work-item-taken'; assigned_to: string | null; over: 'completed' | 'cancelled' | null }
  | { problem: 'idempotency-key-reused' };

export const invalid = (field: string, message: string): Problem => ({ problem: 'invalid-request', errors: [{ field, message }] });

/** What was to be created is there: its id derives from a key that was used more than its lifetime ago, and another is to be derived. Compared by identity. */
export const OUTLIVED_KEY: Problem = { problem: 'idempotency-key-reused' };
