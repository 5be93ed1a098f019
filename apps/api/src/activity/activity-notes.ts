import { join } from 'node:path';
import { migrate } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** Signs closer together than this are one; heartbeats, which are few and shown with their time, are not. */
const GRAIN = 1_000;

/** What a sign was: any command, or a heartbeat. */
export type Sign = 'command' | 'heartbeat';

/**
 * Any command of a session counts as its activity, also one that writes no event. Those are noted here, beside the log;
 * queries take the later of this and what the log says. Each sign is kept, for looks at the past.
 */
@Injectable()
export class ActivityNotes {
  private readonly noted = new LRUCache<string, number>({ max: 10_000 });

  constructor(private readonly readModels: ReadModels) {}

  prepare(): Promise<unknown> {
    return migrate(this.readModels.sql, { folder: join(__dirname, 'migrations'), schema: 'activity' });
  }

  /** `now` in milliseconds. Resolves once later reads see it. */
  async note(session: string, now: number, sign: Sign = 'command'): Promise<void> {
    const isHeartbeat = sign === 'heartbeat';
    if (!isHeartbeat && now - (this.noted.get(session) ?? Number.NEGATIVE_INFINITY) < GRAIN) return;
    const at = new Date(now);
    await this.readModels.sql`
      with seen as (
        insert into activity.seen as known (session_id, at, heartbeat_at) values (${session}, ${at}, ${isHeartbeat ? at : null})
        on conflict (session_id) do update set at = greatest(known.at, excluded.at), heartbeat_at = greatest(known.heartbeat_at, excluded.heartbeat_at)
      )
      insert into activity.signs (session_id, at, heartbeat) values (${session}, ${at}, ${isHeartbeat})
      on conflict do nothing`;
    this.noted.set(session, now);
  }

  /** The next sign of the session is one of its own, however soon it comes: it has ended, and would be there again by it. */
  forget(session: string): void {
    this.noted.delete(session);
  }
}
