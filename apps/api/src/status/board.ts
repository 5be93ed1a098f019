import type { ComponentState } from '@coord/domain/component/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { listComponents } from '@projections/components/index';
import { listUnanswered, unreadOf, unreadOfAll } from '@projections/inbox/index';
import { listLocks } from '@projections/locks/index';
import { liveSessions } from '@projections/sessions/index';
import { componentView } from '../component/component.view';
import { Configuration } from '../configuration';
import { LIST_LIMIT } from '../http/list';
import { type LockView, rowView } from '../lock/lock.view';
import { LockRefusals } from '../lock/lock-refusals';
import { InboxWindow } from '../message/inbox-window';
import { type MessageView, rowView as messageRowView } from '../message/message.view';
import { type SessionSummary, sessionSummary } from '../session/session.view';
import type { StatusQuery } from './status.dto';

const COMPONENTS_SHOWN = 50;

/** What is going on (protocol, `/status`). Workflows and work items come with their concepts. */
export type Board = {
  generated_at: string;
  position: number;
  locks: LockView[];
  stale_locks: LockView[];
  components: ComponentState[];
  workflows: never[];
  sessions: SessionSummary[];
  unread_messages: number;
  work: { ready: number; in_progress: number; blocked: number };
  blockers: MessageView[];
};

/** Puts the board together from the read models: one question for each part, at a cost that does not grow with history. */
@Injectable()
export class Boards {
  constructor(
    private readonly readModels: ReadModels,
    private readonly configuration: Configuration,
    private readonly refusals: LockRefusals,
    private readonly window: InboxWindow,
  ) {}

  /** @param position what the read models have reached. */
  async board({ project_key: projectKey, session_id }: StatusQuery, position: number): Promise<Board> {
    const { sql } = this.readModels;
    const { idleAfterMs } = this.configuration;
    const look = this.refusals.look;
    const { now } = look;
    const unread = { projectKey, broadcastsSince: this.window.start };
    const [locks, components, sessions, unread_messages, blockers] = await Promise.all([
      listLocks(sql, { projectKey, limit: LIST_LIMIT, now: new Date(now), staleBefore: new Date(now - look.staleAfter) }),
      listComponents(sql, { projectKey, limit: COMPONENTS_SHOWN }),
      liveSessions(sql, projectKey, LIST_LIMIT),
      session_id === undefined ? unreadOfAll(sql, { ...unread, activeSince: new Date(now - idleAfterMs) }) : unreadOf(sql, session_id, unread),
      listUnanswered(sql, { projectKey, type: 'blocker', limit: LIST_LIMIT }),
    ]);
    const active = locks.map((row) => rowView(row, look));
    return {
      generated_at: new Date(now).toISOString(),
      position,
      locks: active,
      stale_locks: active.filter((lock) => lock.stale),
      components: components.map(componentView),
      workflows: [],
      sessions: sessions.map((row) => sessionSummary(row, now, this.configuration)),
      unread_messages,
      work: { ready: 0, in_progress: 0, blocked: 0 },
      blockers: blockers.map(messageRowView),
    };
  }
}
