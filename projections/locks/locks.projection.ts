import { join } from 'node:path';
import { type LockEvent, literalPrefixOf, resourceOf } from '@coord/domain/lock/index';
import type { Projection, RecordedEvent, Target } from '@coord/projection-runner/index';
import { updateRequests } from './request-rows';

type Recorded<Event extends LockEvent> = RecordedEvent & Event;
type Ended = Extract<LockEvent, { type: 'LockReleased' | 'LockExpired' | 'LockBroken' }>;

const STATUS = { LockReleased: 'released', LockExpired: 'expired', LockBroken: 'broken' } as const;

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
    const claimed = new Map<string, object>();
    const renewed = new Map<string, object>();
    const ended: object[] = [];
    for (const event of events as Recorded<LockEvent>[]) {
      const { type, data, position } = event;
      if (type === 'LockClaimed') claimed.set(data.lock_id, { ...data, position, prefix: literalPrefixOf(resourceOf(data)), status: 'active' });
      else if (type === 'LockRenewed') {
        const { mode, description, ttl_hours, renewed_at, expires_at } = data;
        const row = claimed.get(data.lock_id);
        if (row) Object.assign(row, { mode, description, ttl_hours, renewed_at, expires_at });
        else renewed.set(data.lock_id, data);
      } else if (type in STATUS) {
        const { lock_id, ended_at, ended_by, reason } = (event as Recorded<Ended>).data;
        const end = { status: STATUS[type as Ended['type']], ended_at, ended_by, end_reason: reason };
        // most locks of a long batch have ended in it: their rows are written once
        const row = claimed.get(lock_id);
        if (row) Object.assign(row, end);
        else ended.push({ lock_id, ...end });
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

async function insertClaimed({ sql, table }: Target, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('locks')}
      (id, position, project_key, session_id, resource, prefix, mode, description, ttl_hours, acquired_at, renewed_at, expires_at, fence, status,
      ended_at, ended_by, end_reason)
    select lock_id, position, project_key, session_id, resource, prefix, mode, description, ttl_hours, acquired_at, renewed_at, expires_at, fence, status,
      ended_at, ended_by, end_reason
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      lock_id uuid, position bigint, project_key text, session_id text, resource text, prefix text, mode text, description text,
      ttl_hours double precision, acquired_at timestamptz, renewed_at timestamptz, expires_at timestamptz, fence bigint, status text,
      ended_at timestamptz, ended_by text, end_reason text)`;
}

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
    set status = r.status, ended_at = r.ended_at, ended_by = r.ended_by, end_reason = r.end_reason
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (lock_id uuid, status text, ended_at timestamptz, ended_by text, end_reason text)
    where l.id = r.lock_id`;
}
