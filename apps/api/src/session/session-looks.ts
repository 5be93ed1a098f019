import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { unreadOfSessions } from '@projections/inbox/index';
import { type LockRow, locksHeldBy } from '@projections/locks/index';
import { findSession, type SessionRow } from '@projections/sessions/index';
import type { Sql } from 'postgres';
import { Clock } from '../clock';
import { Configuration } from '../configuration';
import { type LockView, rowView } from '../lock/lock.view';
import { LockRefusals } from '../lock/lock-refusals';
import { InboxWindow } from '../message/inbox-window';
import { type SessionView, sessionSummary } from './session.view';

/** What belongs to a session and lies in other read models. */
export interface Belongings {
  row: SessionRow | null;
  locks: LockView[];
  unread: number;
}

/** Sessions with what they hold and what they have not read: one question for each part, however many sessions. */
@Injectable()
export class SessionLooks {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
    private readonly refusals: LockRefusals,
    private readonly window: InboxWindow,
  ) {}

  /** The read models have to be caught up. `now`: `AskedAt`. */
  async views(rows: readonly SessionRow[], now: number): Promise<SessionView[]> {
    if (rows.length === 0) return [];
    const { sql } = this.readModels;
    const look = this.refusals.lookAt(now);
    const names = rows.map(({ session_id }) => session_id);
    const [locks, unread] = await Promise.all([locksHeldBy(sql, names, new Date(look.now)), unreadOfSessions(sql, names, this.window.start)]);
    const held = new Map<string, LockRow[]>(names.map((name) => [name, []]));
    for (const lock of locks) held.get(lock.session_id)?.push(lock);
    return rows.map((row) => ({
      ...sessionSummary(row, look.now, this.configuration),
      locks: (held.get(row.session_id) ?? []).map((lock) => rowView(lock, look)),
      unread: unread.get(row.session_id) ?? 0,
    }));
  }

  /** What a session has before a command of its own, as of the end of the log. */
  async before(session: string): Promise<Belongings> {
    const now = this.clock.now();
    const ask = (sql: Sql) =>
      Promise.all([findSession(sql, session), locksHeldBy(sql, [session], new Date(now)), unreadOfSessions(sql, [session], this.window.start)]);
    const [row, locks, unread] = (await this.readModels.read(ask, { of: ['sessions', 'locks', 'inbox'] })).result;
    return { row, locks: locks.map((lock) => ownLock(lock, now)), unread: unread.get(session) ?? 0 };
  }
}

/** A lock as a command of its holder shows it: the command is a sign of life. */
export const ownLock = (row: LockRow, now: number): LockView =>
  rowView({ ...row, last_activity_at: new Date(now) }, { now, staleAfter: Number.POSITIVE_INFINITY });
