import type { ComponentState } from '@coord/domain/component/index';
import { type Silence, staleAfter } from '@coord/domain/session/index';
import type { BoardRows } from '@projections/board/index';
import type { LockRow } from '@projections/locks/index';
import { componentView } from '../component/component.view';
import { type LockView, rowView } from '../lock/lock.view';
import { type MessageView, rowView as messageRowView } from '../message/message.view';
import { type SessionView, sessionSummary } from '../session/session.view';
import { type WorkflowView, workflowRowView } from '../workflow/workflow.view';

/** What is going on, or was (protocol, `/status`). */
export type Board = {
  generated_at: string;
  position: number;
  locks: LockView[];
  stale_locks: LockView[];
  components: ComponentState[];
  workflows: WorkflowView[];
  sessions: SessionView[];
  unread_messages: number;
  work: { ready: number; in_progress: number; blocked: number };
  blockers: MessageView[];
};

/** The board as it is shown, from its rows, the position that they are of, and its moment in milliseconds: the same for now and for the past. */
export function boardOf(rows: BoardRows, position: number, now: number, silence: Silence): Board {
  const look = { now, staleAfter: staleAfter(silence) };
  // most locks are shown twice, with the others and with their sessions
  const views = new Map<LockRow, LockView>();
  const viewOf = (row: LockRow): LockView => {
    const view = views.get(row) ?? rowView(row, look);
    views.set(row, view);
    return view;
  };
  const shown = (locks: LockRow[]): LockView[] => locks.map(viewOf);
  const locks = shown(rows.locks);
  return {
    generated_at: new Date(now).toISOString(),
    position,
    locks,
    stale_locks: locks.filter((lock) => lock.stale),
    components: rows.components.map(componentView),
    workflows: rows.workflows.map(workflowRowView),
    sessions: rows.sessions.map(({ row, locks: held, unread }) => ({ ...sessionSummary(row, now, silence), locks: shown(held), unread })),
    unread_messages: rows.unread_messages,
    work: rows.work,
    blockers: rows.blockers.map(messageRowView),
  };
}
