import type { LockEvent, WithdrawalReason } from '@coord/domain/lock/index';
import type { RecordedEvent } from '@coord/event-store/index';
import type { Awaited } from '../engine/watcher';

/** What the log says of one who waits, and when to look without being told. */
export class Turn implements Awaited {
  readonly types = ['LockClaimed', 'LockRenewed', 'LockRequestWithdrawn'];
  /** It stands in the queue no more: granted, or withdrawn by another than its caller's engine. */
  over: 'granted' | WithdrawalReason | null = null;
  /** The locks that it was granted, as far as the log has said so, and those among them that are new. */
  readonly granted: string[] = [];
  readonly claimed: string[] = [];
  /** When its turn may come by the clock alone, in milliseconds; null: not by that. */
  due: number | null = null;

  constructor(
    private readonly projectKey: string,
    private readonly requestId: string,
  ) {}

  matches(event: RecordedEvent): boolean {
    const { type } = event;
    const data = event.data as unknown as LockEvent['data'];
    if (data.project_key !== this.projectKey) return false;
    if ('request_id' in data && data.request_id === this.requestId) {
      this.over = 'withdrawn_at' in data ? data.reason : 'granted';
      if (this.over === 'granted') this.granted.push(data.lock_id);
      if (type === 'LockClaimed') this.claimed.push(data.lock_id);
      return true;
    }
    const expiry = 'expires_at' in data && data.expires_at !== null ? Date.parse(data.expires_at) : Number.POSITIVE_INFINITY;
    if (expiry >= (this.due ?? Number.POSITIVE_INFINITY)) return false;
    // whether that lock is in the way, only the stream knows; looking when it runs out puts its expiry on record in any case
    this.due = expiry;
    return true;
  }
}
