import type { LockEvent } from '@coord/domain/lock/index';
import type { RecordedEvent, Target } from '@coord/projection-runner/index';

type Queued = RecordedEvent & Extract<LockEvent, { type: 'LockRequestQueued' }>;

/** Who waits after a batch: a request is gone with its grant or its withdrawal, and may stand in the queue again after that. */
export async function updateRequests({ sql, table }: Target, events: readonly (RecordedEvent & LockEvent)[]): Promise<void> {
  const gone = new Set<string>();
  let waiting: Queued[] = [];
  for (const event of events) {
    if (event.type === 'LockRequestQueued') waiting.push(event);
    else if (event.type === 'LockRequestWithdrawn' || event.type === 'LockClaimed' || event.type === 'LockRenewed') {
      const { request_id } = event.data;
      if (request_id === undefined) continue;
      gone.add(request_id);
      waiting = waiting.filter(({ data }) => data.request_id !== request_id);
    }
  }
  if (gone.size > 0) await sql`delete from ${table('requests')} where request_id = any(${[...gone]}::text[])`;
  if (waiting.length === 0) return;
  const rows = waiting.map(({ data, position }) => ({ ...data, position }));
  await sql`
    insert into ${table('requests')} (position, request_id, project_key, session_id, resource, mode, queued_at, until)
    select position, request_id, project_key, session_id, resource, mode, queued_at, until
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      position bigint, request_id text, project_key text, session_id text, resource text, mode text, queued_at timestamptz, until timestamptz)`;
}
