import type { WithdrawalReason } from './lock.events';
import type { LockMode } from './lock.state';

/** `now`: milliseconds since 1970, from the injected clock. */
export type LockCommand =
  | {
      type: 'ClaimLocks';
      project_key: string;
      session_id: string;
      /** A fresh id for each resource that is granted anew; `field`: where the caller named it, for a refusal. */
      resources: readonly { id: string; resource: string; field: string }[];
      /** Undefined: as it is, null for a new lock. */
      description?: string | null;
      mode: LockMode;
      ttl_hours: number;
      /** It joins the queue if it can't be granted at once; `until` in milliseconds since 1970. One that waits already goes on waiting. */
      wait?: { request_id: string; until: number };
      now: number;
    }
  /** One that waits. If it has been granted meanwhile, that stands, or with `orRelease` is taken back: nobody is there to take it. */
  | { type: 'WithdrawRequest'; request_id: string; reason: WithdrawalReason; orRelease?: readonly string[]; now: number }
  /** All that a session waits for; `only`: none but these of its requests. */
  | { type: 'WithdrawRequests'; session_id: string; only?: readonly string[]; reason: WithdrawalReason; now: number }
  | { type: 'RenewLock'; lock_id: string; session_id: string; ttl_hours?: number; now: number }
  | { type: 'ReleaseLock'; lock_id: string; session_id: string; reason: string | null; holder?: HolderSeen; now: number }
  /** `only`: none but these of its locks. */
  | { type: 'ReleaseAllLocks'; session_id: string; reason: string | null; only?: readonly string[]; now: number }
  | { type: 'BreakLock'; lock_id: string; session_id: string; reason: string; now: number }
  /** Also moves the queue on. */
  | { type: 'ExpireLocks'; now: number }
  | { type: 'VerifyFence'; resource: string; session_id: string; fence: number; now: number }
  | { type: 'CheckFence'; lock_id: string; resource: string; session_id: string | null; fence: number; now: number };

/** What the read model knew of a holder at the end of the log, for the stale rule. `stale_after` in milliseconds. */
export interface HolderSeen {
  last_activity_at: string | null;
  stale_after: number;
}
