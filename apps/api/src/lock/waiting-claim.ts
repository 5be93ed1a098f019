import type { Answer, CommandContext, Outcome } from '@coord/command-runner/index';
import {
  type LockCommand,
  type LockRequest,
  type LockState,
  lockDecider,
  lockStream,
  locksWaitedFor,
  nextMoment,
  type ProjectLocks,
  parseResource,
  type WithdrawalReason,
} from '@coord/domain/lock/index';
import type { ClaimBatchDto, ClaimDto } from './lock.dto';
import { holderView, type LockView } from './lock.view';

/** A claim as it was made: `resources` with the ids that its locks are given. */
export interface MadeClaim {
  claim: ClaimDto | ClaimBatchDto;
  resources: (LockCommand & { type: 'ClaimLocks' })['resources'];
  context: CommandContext;
}

/** What joining the queue came to. `due`: see `nextMoment`. */
export type Joined = { waits: boolean; due: number | null };
/** What leaving the queue came to: the grant that was faster, or the locks that were waited for. */
export type Left = { granted: boolean; conflicts: LockState[] };

/** The commands of a claim that waits, as tasks. None but the answer to its caller is remembered under the caller's key. */
export class WaitingClaim {
  constructor(
    readonly made: MadeClaim,
    readonly requestId: string,
  ) {}

  get projectKey(): string {
    return this.made.claim.project_key;
  }

  join(until: number, now: number) {
    const { project_key, session_id, description, ttl_hours, mode } = this.made.claim;
    const terms = { project_key, session_id, description, ttl_hours, mode, resources: this.made.resources };
    return this.task({ type: 'ClaimLocks', ...terms, wait: { request_id: this.requestId, until }, now }, now, (after) => ({
      waits: after.queue.some(({ request_id }) => request_id === this.requestId),
      due: nextMoment(after, this.requestId, now),
    }));
  }

  /** `orRelease`: of a grant that came first, its own locks and these are released. It is no sign of the session. */
  leave(reason: WithdrawalReason, now: number, orRelease?: readonly string[]) {
    const ids = orRelease && [...new Set([...this.made.resources.map(({ id }) => id), ...orRelease])];
    const command = { type: 'WithdrawRequest' as const, request_id: this.requestId, reason, ...(ids && { orRelease: ids }), now };
    const task = this.task(command, now, (after, before) => ({
      granted: this.grantedIn(after) !== null,
      conflicts: locksWaitedFor(before, this.demand(), this.before(before), now),
    }));
    return { ...task, context: { ...task.context, actor: null } };
  }

  /** The answer to the caller, kept under its key like that of a claim that did not wait. Finds nothing where the grant has ended by now. */
  take(now: number) {
    const { context } = this.made;
    const gone = { problem: 'not-found', what: 'live lock' } as const;
    return {
      decider: { ...lockDecider, decide: (_: unknown, state: ProjectLocks) => (this.grantedIn(state) ? [] : gone) },
      stream: lockStream(this.projectKey),
      command: { type: 'TakeGrant' },
      context: { ...context, now },
      answer: (_: unknown, after: ProjectLocks) => this.answer((this.grantedIn(after) ?? []).map((lock) => holderView(lock, now))),
    };
  }

  /** As a claim that was granted at once is answered: 201, or 200 where the session held it before. */
  answer(locks: LockView[]): Answer {
    if ('resources' in this.made.claim) return { status: 201, body: { locks } };
    const [lock] = locks;
    if (!lock) throw new Error('A claim was granted without a lock.');
    return { status: this.made.resources.some(({ id }) => id === lock.id) ? 201 : 200, body: lock };
  }

  /** The locks that were wanted, if the session holds them all; null if not. */
  private grantedIn(state: ProjectLocks): LockState[] | null {
    const { session_id, mode } = this.made.claim;
    const held = this.demand().wanted.map(({ lock_id, resource }) => {
      const granted = state.locks.get(lock_id);
      if (granted) return granted;
      for (const id of state.resources.overlapping(resource)) {
        const lock = state.locks.get(id);
        if (lock?.session_id === session_id && lock.resource === resource.text && lock.mode === mode) return lock;
      }
      return null;
    });
    return held.every((lock) => lock !== null) ? held : null;
  }

  private demand() {
    const { session_id, mode } = this.made.claim;
    const wanted = new Map<string, { lock_id: string; resource: Exclude<ReturnType<typeof parseResource>, { invalid: string }> }>();
    for (const { id, resource: text } of this.made.resources) {
      const resource = parseResource(text);
      if (!('invalid' in resource) && !wanted.has(resource.text)) wanted.set(resource.text, { lock_id: id, resource });
    }
    return { session_id, mode, wanted: [...wanted.values()] };
  }

  /** Who stands before it; all, if it stands in the queue no more. */
  private before({ queue }: ProjectLocks): readonly LockRequest[] {
    const place = queue.findIndex(({ request_id }) => request_id === this.requestId);
    return place < 0 ? queue : queue.slice(0, place);
  }

  private task<Body extends Joined | Left>(command: LockCommand, now: number, body: (after: ProjectLocks, before: ProjectLocks) => Body) {
    const { idempotency: _, ...context } = this.made.context;
    return {
      decider: lockDecider,
      stream: lockStream(this.projectKey),
      command,
      context: { ...context, now },
      answer: (__: unknown, after: ProjectLocks, before: ProjectLocks): Answer => ({ status: 200, body: body(after, before) as never }),
    };
  }
}

/** What `join` or `leave` came to. */
export function bodyOf<Body extends Joined | Left>(outcome: Outcome): Body {
  if ('problem' in outcome) throw new Error(`A claim that waits met ${outcome.problem.problem}.`);
  return outcome.answer.body as never;
}
