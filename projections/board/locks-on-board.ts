import type { LockEvent, LockState } from '@coord/domain/lock/index';
import type { RecordedEvent } from '@coord/projection-runner/index';
import type { LockRow } from '@projections/locks/index';

type OpenLock = Omit<LockState, 'status' | 'ended_at' | 'ended_by' | 'end_reason'> & { position: number };

/** Locks whose end is not in the log, oldest first. */
export class LocksOnBoard {
  readonly #locks = new Map<string, OpenLock>();

  get size(): number {
    return this.#locks.size;
  }

  apply(event: RecordedEvent): void {
    const { type, data } = event as RecordedEvent & LockEvent;
    switch (type) {
      case 'LockClaimed': {
        const { lock_id: id, project_key, session_id, resource, description, mode, ttl_hours, acquired_at, expires_at, fence } = data;
        const { position } = event;
        // one literal without spreads: this runs for every claim
        this.#locks.set(id, {
          id,
          position,
          project_key,
          session_id,
          resource,
          description,
          mode,
          ttl_hours,
          acquired_at,
          renewed_at: null,
          expires_at,
          fence,
        });
        return;
      }
      case 'LockRenewed': {
        const lock = this.#locks.get(data.lock_id);
        const { mode, description, ttl_hours, renewed_at, expires_at } = data;
        if (lock) this.#locks.set(lock.id, { ...lock, mode, description, ttl_hours, renewed_at, expires_at });
        return;
      }
      case 'LockReleased':
      case 'LockExpired':
      case 'LockBroken':
        this.#locks.delete(data.lock_id);
    }
  }

  /** Those that have not run out by `now` (ISO 8601). `lastActivityOf`: the last sign of a session, as far as it is known. */
  rows(now: string, lastActivityOf: (session: string) => string | undefined): LockRow[] {
    const rows: LockRow[] = [];
    for (const lock of this.#locks.values()) {
      if (lock.expires_at !== null && lock.expires_at <= now) continue;
      const signs = [lock.acquired_at, lock.renewed_at ?? '', lastActivityOf(lock.session_id) ?? ''].sort();
      rows.push({
        ...lock,
        position: String(lock.position),
        fence: String(lock.fence),
        acquired_at: new Date(lock.acquired_at),
        renewed_at: lock.renewed_at === null ? null : new Date(lock.renewed_at),
        expires_at: lock.expires_at === null ? null : new Date(lock.expires_at),
        ...{ status: 'active', ended_at: null, ended_by: null, end_reason: null },
        last_activity_at: new Date(signs.at(-1) as string),
      });
    }
    return rows;
  }

  /** Who holds a lock in the project, also one that has run out while the log does not say so. */
  holdersIn(projectKey: string): Set<string> {
    const holders = new Set<string>();
    for (const lock of this.#locks.values()) if (lock.project_key === projectKey) holders.add(lock.session_id);
    return holders;
  }

  toJson(): OpenLock[] {
    return [...this.#locks.values()];
  }

  static fromJson(locks: OpenLock[]): LocksOnBoard {
    const part = new LocksOnBoard();
    for (const lock of locks) part.#locks.set(lock.id, lock);
    return part;
  }
}
