import { join } from 'node:path';
import { migrate } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** Signs closer together than this are one. */
const GRAIN = 1_000;

/**
 * Any command of a session counts as its activity, also one that writes no event. Those are noted here, beside the log;
 * queries take the later of this and what the log says.
 */
@Injectable()
export class ActivityNotes {
  private readonly noted = new LRUCache<string, number>({ max: 10_000 });

  constructor(private readonly readModels: ReadModels) {}

  prepare(): Promise<unknown> {
    return migrate(this.readModels.sql, { folder: join(__dirname, 'migrations'), schema: 'activity' });
  }

  /** `now` in milliseconds. Resolves once later reads see it. */
  async note(session: string, now: number): Promise<void> {
    if (now - (this.noted.get(session) ?? Number.NEGATIVE_INFINITY) < GRAIN) return;
    await this.readModels.sql`
      insert into activity.seen as known (session_id, at) values (${session}, ${new Date(now)})
      on conflict (session_id) do update set at = greatest(known.at, excluded.at)`;
    this.noted.set(session, now);
  }
}
