import type { MessageSent } from '@coord/domain/message/index';
import type { WorkItemChanged } from '@coord/domain/work-item/index';
import type { RecordedEvent, Target } from '@coord/projection-runner/index';
import type { Sql } from 'postgres';

/** A handoff whose receiver has not been told. */
export interface UntoldHandoff {
  message_id: string;
  work_item_id: string;
  workflow_id: string;
  project_key: string;
  title: string;
  from_session: string;
  to_session: string;
  note: string;
}

/** A handoff is untold until its message was sent. */
export async function settleHandoffs({ sql, table }: Target, events: readonly RecordedEvent[]): Promise<void> {
  const untold = new Map<string, UntoldHandoff>();
  const told: string[] = [];
  for (const { type, data } of events as (RecordedEvent & (WorkItemChanged | MessageSent))[]) {
    if (type === 'WorkItemChanged' && data.handoff) untold.set(data.handoff.message_id, handoffOf(data, data.handoff));
    if (type === 'MessageSent' && !untold.delete(data.message_id)) told.push(data.message_id);
  }
  if (told.length > 0) await sql`delete from ${table('untold_handoffs')} where message_id = any(${told}::uuid[])`;
  if (untold.size === 0) return;
  await sql`
    insert into ${table('untold_handoffs')} (message_id, work_item_id, workflow_id, project_key, title, from_session, to_session, note)
    select message_id, work_item_id, workflow_id, project_key, title, from_session, to_session, note
    from jsonb_to_recordset(${sql.json([...untold.values()] as never)}) as r (
      message_id uuid, work_item_id uuid, workflow_id uuid, project_key text, title text, from_session text, to_session text, note text)`;
}

function handoffOf(data: WorkItemChanged['data'], { to_session, message_id, title }: { to_session: string; message_id: string; title: string }) {
  const { work_item_id, workflow_id, project_key, changed_by, note } = data;
  return { message_id, work_item_id, workflow_id, project_key, title, from_session: changed_by ?? '', to_session, note: note ?? '' };
}

export const untoldHandoffs = (sql: Sql, limit: number): Promise<UntoldHandoff[]> => sql<UntoldHandoff[]>`
  select message_id, work_item_id, workflow_id, project_key, title, from_session, to_session, note
  from work.untold_handoffs order by message_id limit ${limit}`;
