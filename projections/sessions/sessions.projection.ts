import { join } from 'node:path';
import type { SessionRegistered } from '@coord/domain/session/index';
import type { Projection, RecordedEvent, Target } from '@coord/projection-runner/index';

/** Sessions and the last sign of each: any event that was its doing. */
export const sessionsProjection: Projection = {
  name: 'sessions',
  migrations: join(__dirname, 'migrations'),
  tables: ['sessions'],

  async project(events, target) {
    const seen = new Map<string, { session_id: string; project_key: string | null; first: string; last: string }>();
    const registered: SessionRegistered['data'][] = [];
    for (const event of events as (RecordedEvent & SessionRegistered)[]) {
      const { actor, at, project_key } = event.metadata;
      if (event.type === 'SessionRegistered') registered.push(event.data);
      if (actor === null) continue;
      const known = seen.get(actor);
      seen.set(
        actor,
        known ? { ...known, first: earlier(known.first, at), last: later(known.last, at) } : { session_id: actor, project_key, first: at, last: at },
      );
    }
    await Promise.all([upsertSeen(target, [...seen.values()]), updateRegistered(target, registered)]);
  },
};

// ISO 8601 in one notation: the order of the texts is the order of the times
const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a < b ? b : a);

async function upsertSeen({ sql, table }: Target, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('sessions')} as s (session_id, project_key, registered_at, registered, last_activity_at)
    select session_id, project_key, first, false, last from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      session_id text, project_key text, first timestamptz, last timestamptz)
    on conflict (session_id) do update set last_activity_at = greatest(s.last_activity_at, excluded.last_activity_at)`;
}

async function updateRegistered({ sql, table }: Target, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('sessions')} as s (session_id, machine, user_name, agent, project_key, capabilities, registered_at, registered, last_activity_at)
    select session_id, machine, "user", agent, project_key, capabilities, registered_at, true, registered_at
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      session_id text, machine text, "user" text, agent text, project_key text, capabilities jsonb, registered_at timestamptz)
    on conflict (session_id) do update set
      machine = excluded.machine, user_name = excluded.user_name, agent = excluded.agent, project_key = excluded.project_key,
      capabilities = excluded.capabilities, registered_at = excluded.registered_at, registered = true`;
}
