import type { Target } from '@coord/projection-runner/index';

export interface ReceiptRow {
  session_id: string;
  message_id: string;
  delivered_at?: string;
  read_at?: string;
  acknowledged_at?: string;
}

export async function upsertReceipts({ sql, table }: Target, rows: ReceiptRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('receipts')} as known (session_id, message_id, delivered_at, read_at, acknowledged_at)
    select session_id, message_id, coalesce(delivered_at, read_at), read_at, acknowledged_at
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      session_id text, message_id uuid, delivered_at timestamptz, read_at timestamptz, acknowledged_at timestamptz)
    on conflict (session_id, message_id) do update set
      delivered_at = coalesce(known.delivered_at, excluded.delivered_at),
      read_at = coalesce(known.read_at, excluded.read_at),
      acknowledged_at = coalesce(known.acknowledged_at, excluded.acknowledged_at)`;
}

/** Direct messages that came, and those that their addressee read now: the counts of what is unread follow. */
export async function settleReadings({ sql, table }: Target, receipts: ReceiptRow[], direct: { project_key: string | null }[]): Promise<void> {
  const read = receipts.filter((receipt) => receipt.read_at !== undefined);
  if (read.length === 0 && direct.length === 0) return;
  await sql`
    with come as (
      select coalesce(project_key, '') as project_key, 1 as n from jsonb_to_recordset(${sql.json(direct as never)}) as r (project_key text)
    ), gone as (
      update ${table('messages')} m set addressee_read_at = r.read_at
      from jsonb_to_recordset(${sql.json(read as never)}) as r (session_id text, message_id uuid, read_at timestamptz)
      where m.id = r.message_id and m.to_session = r.session_id and m.addressee_read_at is null
      returning coalesce(m.project_key, '') as project_key, -1 as n
    )
    insert into ${table('unread_counts')} as c (project_key, direct)
    select project_key, sum(n) from (select * from come union all select * from gone) as changes group by project_key
    on conflict (project_key) do update set direct = c.direct + excluded.direct`;
}

/** A direct message owes one acknowledgement; a broadcast one from each session that was shown it, and one at least. */
export async function settleAcknowledgements({ sql, table }: Target, receipts: ReceiptRow[]): Promise<void> {
  if (receipts.length === 0) return;
  const ids = [...new Set(receipts.map((receipt) => receipt.message_id))];
  await sql`
    update ${table('messages')} m set awaits_ack = case when to_session = 'ALL_SESSIONS'
      then not exists (select 1 from ${table('receipts')} r where r.message_id = m.id and acknowledged_at is not null)
        or exists (select 1 from ${table('receipts')} r where r.message_id = m.id and acknowledged_at is null and session_id <> m.from_session)
      else not exists (select 1 from ${table('receipts')} r where r.message_id = m.id and acknowledged_at is not null and session_id = m.to_session) end
    where ack_required and id = any(${ids}::uuid[])`;
}
