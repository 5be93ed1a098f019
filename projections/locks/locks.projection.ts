import { join } from 'node:path';
import type { LockEvent } from '@coord/domain/lock/index';
import type { Projection, RecordedEvent, Target } from '@coord/projection-runner/index';
import { type ClaimedRow, claimedRow, end, insertClaimed, renew, STATUS } from './claimed-rows';
import { updateRequests } from './request-rows';

type Recorded<Event extends LockEvent> = RecordedEvent & Event;
type Ended = Extract<LockEvent, { type: 'LockReleased' | 'LockExpired' | 'LockBroken' }>;
type LockRenewed = Extract<LockEvent, { type: 'LockRenewed' }>;
type EndedRow = Ended['data'] & { status: string };

/** Every lock with its terms and its end, and who waits. */
export const locksProjection: Projection = {
  name: 'locks',
  migrations: join(__dirname, 'migrations'),
  tables: ['locks', 'requests'],
  lateIndexes: [
    ...['locks_by_project', 'locks_by_session', 'active_locks', 'active_locks_by_project'],
    ...['active_locks_by_session', 'active_locks_by_expiry'],
  ],

  async project(events, target) {
    const claimed = new Map<string, ClaimedRow>();
    const renewed = new Map<string, LockRenewed['data']>();
    const ended: EndedRow[] = [];
    for (const event of events as Recorded<LockEvent>[]) {
      if (event.type === 'LockClaimed') claimed.set(event.data.lock_id, claimedRow(event.data, event.position));
      else if (event.type === 'LockRenewed') {
        // what was claimed in the same batch is written once, as it is in the end
        const row = claimed.get(event.data.lock_id);
        if (row) renew(row, event.data);
        else renewed.set(event.data.lock_id, event.data);
      } else if (event.type === 'LockReleased' || event.type === 'LockExpired' || event.type === 'LockBroken') {
        const row = claimed.get(event.data.lock_id);
        if (row) end(row, event);
        else ended.push({ ...event.data, status: STATUS[event.type] });
      }
    }
    // a lock is claimed, then renewed, then ended: in this order the steps of one batch come out right
    await Promise.all([
      insertClaimed(target, [...claimed.values()]),
      updateRenewed(target, [...renewed.values()]),
      updateEnded(target, ended),
      updateRequests(target, events as Recorded<LockEvent>[]),
    ]);
  },
};

async function updateRenewed({ sql, table }: Target, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update ${table('locks')} l
    set mode = r.mode, description = r.description, ttl_hours = r.ttl_hours, renewed_at = r.renewed_at, expires_at = r.expires_at
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      lock_id uuid, mode text, description text, ttl_hours double precision, renewed_at timestamptz, expires_at timestamptz)
    where l.id = r.lock_id`;
}

async function updateEnded({ sql, table }: Target, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update ${table('locks')} l
    set status = r.status, ended_at = r.ended_at, ended_by = r.ended_by, end_reason = r.reason
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (lock_id uuid, status text, ended_at timestamptz, ended_by text, reason text)
    where l.id = r.lock_id`;
}
