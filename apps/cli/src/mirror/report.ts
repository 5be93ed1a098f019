import type { SetAside } from './rejects';

/** What a pass did. */
export interface Report {
  /** Messages that went to the engine. */
  sent: string[];
  /** Messages that count as read now. */
  read: string[];
  /** Files that were written or replaced. */
  written: string[];
  /** Files that were moved to the archive. */
  archived: string[];
  /** Tasks whose document went to the engine. */
  tasks: string[];
  set_aside: SetAside[];
}

export const emptyReport = (): Report => ({ sent: [], read: [], written: [], archived: [], tasks: [], set_aside: [] });

/** Whether a pass did anything. */
export const didSomething = (report: Report): boolean => Object.values(report).some((list: readonly unknown[]) => list.length > 0);

/** Adds what another pass did. */
export const both = (one: Report, other: Report): Report => ({
  sent: [...one.sent, ...other.sent],
  read: [...one.read, ...other.read],
  written: [...new Set([...one.written, ...other.written])],
  archived: [...one.archived, ...other.archived],
  tasks: [...new Set([...one.tasks, ...other.tasks])],
  set_aside: [...one.set_aside, ...other.set_aside],
});
