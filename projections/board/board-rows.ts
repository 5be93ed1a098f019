import type { ComponentRow } from '@projections/components/index';
import type { MessageRow } from '@projections/inbox/index';
import type { LockRow } from '@projections/locks/index';
import type { SessionRow } from '@projections/sessions/index';
import type { WorkCounts, WorkflowRow } from '@projections/work/index';

/** Most locks, sessions, workflows and blockers on a board. */
export const MOST_SHOWN = 500;
export const COMPONENTS_SHOWN = 50;

/** What a board shows. */
export interface BoardFilter {
  /** Only this project, in every part. */
  projectKey?: string;
  /** Whose unread messages are counted; without it, everybody's. */
  sessionId?: string;
}

/** The moment of a board in milliseconds, and for how long, in milliseconds, a broadcast is unread and a session active without a sign. */
export interface BoardMoment {
  now: number;
  broadcastForMs: number;
  idleAfterMs: number;
}

/** A session with all locks that it holds and all that it has not read, in whatever project. */
export interface SessionOnBoard {
  row: SessionRow;
  locks: LockRow[];
  unread: number;
}

/** The rows that a board is made of, live or of the past. What depends on the moment (expired, stale, lost) is for the views to say. */
export interface BoardRows {
  /** Oldest first. */
  locks: LockRow[];
  /** Latest change first. */
  components: ComponentRow[];
  /** Oldest first. */
  workflows: WorkflowRow[];
  /** Latest sign first. */
  sessions: SessionOnBoard[];
  unread_messages: number;
  work: WorkCounts;
  /** Oldest first, as their addressees see them. */
  blockers: MessageRow[];
}
