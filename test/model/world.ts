import { RESOURCES } from './commands';

export interface HeldLock {
  id: string;
  holder: string;
  resource: string;
  mode: string;
  minutes: number;
  fence: number;
  /** Milliseconds; null: never. */
  expiresAt: number | null;
  ended: boolean;
}
export interface SentMessage {
  id: string;
  from: string;
  to: string | null;
  readBy: Set<string>;
}
export interface Item {
  id: string;
  priority: number;
  after: Item[];
  status: string;
  assignee: string | null;
}

const MINUTE = 60_000;
/** After so much silence a session is lost, and its locks are stale. */
const LOST_AFTER = 30 * MINUTE;

/** The protocol in a few sets and lists: what must be so after the commands that were answered. */
export class World {
  readonly locks: HeldLock[] = [];
  readonly messages: SentMessage[] = [];
  readonly items: Item[] = [];
  readonly todos: { id: string; done: boolean }[] = [];
  highestFence = 0;
  private readonly lastSigns = new Map<string, number>();

  constructor(public now: number) {}

  /** The session has asked for something, whatever came of it. */
  sign(session: string): void {
    this.lastSigns.set(session, this.now);
  }

  end(session: string): void {
    for (const lock of this.live()) if (lock.holder === session) lock.ended = true;
  }

  /** Whether it is registered for sure: what only asks, or is refused, leaves no more than a sign. */
  hasWritten(session: string): boolean {
    return this.locks.some(({ holder }) => holder === session) || this.messages.some(({ from }) => from === session);
  }

  isStale({ holder }: HeldLock): boolean {
    return this.now - (this.lastSigns.get(holder) ?? 0) >= LOST_AFTER;
  }

  isLive({ ended, expiresAt }: HeldLock): boolean {
    return !ended && (expiresAt === null || expiresAt > this.now);
  }

  live(): HeldLock[] {
    return this.locks.filter((lock) => this.isLive(lock));
  }

  inTheWay(session: string, resource: string, mode: string): HeldLock[] {
    return this.live().filter(
      (lock) => lock.holder !== session && (lock.mode === 'exclusive' || mode === 'exclusive') && overlap(lock.resource, resource),
    );
  }

  expiry(minutes: number): number | null {
    return minutes === 0 ? null : this.now + minutes * MINUTE;
  }

  unreadOf(session: string): SentMessage[] {
    return this.messages.filter(({ from, to, readBy }) => (to === null ? from !== session : to === session) && !readBy.has(session));
  }

  /** The best first. */
  ready(): Item[] {
    const ready = this.items.filter(({ status, after }) => status === 'pending' && after.every((before) => before.status === 'completed'));
    return ready.sort((a, b) => b.priority - a.priority || this.items.indexOf(a) - this.items.indexOf(b));
  }
}

const overlap = (a: string, b: string): boolean => (RESOURCES[a] ?? []).some((path) => RESOURCES[b]?.includes(path));
