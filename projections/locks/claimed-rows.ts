import { type LockEvent, type LockMode, type LockStatus, literalPrefixOf, resourceOf } from '@coord/domain/lock/index';
import { column, type Target } from '@coord/projection-runner/index';

type Data<Type extends LockEvent['type']> = Extract<LockEvent, { type: Type }>['data'];

/** A lock that a batch brings, as it stands at the end of that batch. */
export interface ClaimedRow {
  lock_id: string;
  position: number;
  project_key: string;
  session_id: string;
  resource: string;
  prefix: string;
  mode: LockMode;
  description: string | null;
  ttl_hours: number;
  acquired_at: string;
  renewed_at: string | null;
  expires_at: string | null;
  fence: number;
  status: LockStatus;
  ended_at: string | null;
  ended_by: string | null;
  end_reason: string | null;
}

export function claimedRow(data: Data<'LockClaimed'>, position: number): ClaimedRow {
  const { lock_id, project_key, session_id, resource, mode, description, ttl_hours, acquired_at, expires_at, fence } = data;
  // member by member, as it runs for every claim: a spread costs several times as much
  return {
    lock_id,
    position,
    project_key,
    session_id,
    resource,
    prefix: literalPrefixOf(resourceOf(data)),
    mode,
    description,
    ttl_hours,
    acquired_at,
    renewed_at: null,
    expires_at,
    fence,
    status: 'active',
    ended_at: null,
    ended_by: null,
    end_reason: null,
  };
}

export function renew(row: ClaimedRow, { mode, description, ttl_hours, renewed_at, expires_at }: Data<'LockRenewed'>): void {
  Object.assign(row, { mode, description, ttl_hours, renewed_at, expires_at });
}

/** How a lock stands after each of the events that end it. */
export const STATUS = { LockReleased: 'released', LockExpired: 'expired', LockBroken: 'broken' } as const;

export function end(row: ClaimedRow, { type, data }: Extract<LockEvent, { type: keyof typeof STATUS }>): void {
  row.status = STATUS[type];
  row.ended_at = data.ended_at;
  row.ended_by = data.ended_by;
  row.end_reason = data.reason;
}

export async function insertClaimed({ sql, table }: Target, rows: readonly ClaimedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('locks')} (id, position, project_key, session_id, resource, prefix, mode, description, ttl_hours, acquired_at, renewed_at,
      expires_at, fence, status, ended_at, ended_by, end_reason)
    select * from unnest(
      ${column(rows.map((row) => row.lock_id))}::uuid[], ${column(rows.map((row) => row.position))}::bigint[],
      ${column(rows.map((row) => row.project_key))}::text[], ${column(rows.map((row) => row.session_id))}::text[],
      ${column(rows.map((row) => row.resource))}::text[], ${column(rows.map((row) => row.prefix))}::text[],
      ${column(rows.map((row) => row.mode))}::text[], ${column(rows.map((row) => row.description))}::text[],
      ${column(rows.map((row) => row.ttl_hours))}::double precision[], ${column(rows.map((row) => row.acquired_at))}::timestamptz[],
      ${column(rows.map((row) => row.renewed_at))}::timestamptz[], ${column(rows.map((row) => row.expires_at))}::timestamptz[],
      ${column(rows.map((row) => row.fence))}::bigint[], ${column(rows.map((row) => row.status))}::text[],
      ${column(rows.map((row) => row.ended_at))}::timestamptz[], ${column(rows.map((row) => row.ended_by))}::text[],
      ${column(rows.map((row) => row.end_reason))}::text[])`;
}
