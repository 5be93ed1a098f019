import { join } from 'node:path';
import type { SessionHeartbeat } from '@coord/domain/session/index';
import type { Projection, RecordedEvent, Target } from '@coord/projection-runner/index';
import { afterEvent, type SessionLife, subjectOf } from './session-life';

/** Sessions, the last sign of each (any event that was its doing), and what they said they were at. */
export const sessionsProjection: Projection = {
  name: 'sessions',
  migrations: join(__dirname, 'migrations'),
  tables: ['sessions', 'heartbeats'],

  async project(events, target) {
    const about = events.flatMap((event) => {
      const session = subjectOf(event);
      return session === null ? [] : [{ event, session }];
    });
    const lives = await livesOf(target, [...new Set(about.map(({ session }) => session))]);
    for (const { event, session } of about) lives.set(session, afterEvent(lives.get(session), event, session));
    await Promise.all([upsert(target, [...lives.values()]), insertHeartbeats(target, events)]);
  },
};

type Stored = { [Member in keyof SessionLife]: Member extends `${string}_at` ? Date | null : SessionLife[Member] };

/** The rows as they are before the batch. */
async function livesOf({ sql, table }: Target, sessions: string[]): Promise<Map<string, SessionLife>> {
  if (sessions.length === 0) return new Map();
  const rows = await sql<Stored[]>`select * from ${table('sessions')} where session_id = any(${sessions}::text[])`;
  return new Map(rows.map((row) => [row.session_id, lifeOf(row)]));
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const lifeOf = (row: Stored): SessionLife => ({
  ...row,
  position: Number(row.position),
  end_position: row.end_position === null ? null : Number(row.end_position),
  registered_at: iso(row.registered_at) as string,
  last_activity_at: iso(row.last_activity_at) as string,
  ended_at: iso(row.ended_at),
  standing_at: iso(row.standing_at),
});

async function upsert({ sql, table }: Target, rows: SessionLife[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('sessions')} (session_id, position, machine, user_name, agent, project_key, last_project_key, capabilities, registered_at,
      registered, last_activity_at, heartbeat, ended_at, standing, standing_at, acted_since, end_event, end_position)
    select session_id, position, machine, user_name, agent, project_key, last_project_key, capabilities, registered_at,
      registered, last_activity_at, heartbeat, ended_at, standing, standing_at, acted_since, end_event, end_position
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      session_id text, position bigint, machine text, user_name text, agent text, project_key text, last_project_key text, capabilities jsonb,
      registered_at timestamptz, registered boolean, last_activity_at timestamptz, heartbeat jsonb, ended_at timestamptz, standing text,
      standing_at timestamptz, acted_since boolean, end_event uuid, end_position bigint)
    on conflict (session_id) do update set
      machine = excluded.machine, user_name = excluded.user_name, agent = excluded.agent, project_key = excluded.project_key,
      last_project_key = excluded.last_project_key, capabilities = excluded.capabilities, registered_at = excluded.registered_at,
      registered = excluded.registered, last_activity_at = excluded.last_activity_at, heartbeat = excluded.heartbeat, ended_at = excluded.ended_at,
      standing = excluded.standing, standing_at = excluded.standing_at, acted_since = excluded.acted_since, end_event = excluded.end_event,
      end_position = excluded.end_position`;
}

async function insertHeartbeats({ sql, table }: Target, events: readonly RecordedEvent[]): Promise<void> {
  const rows = (events as readonly (RecordedEvent & SessionHeartbeat)[]).flatMap(({ type, data, position }) =>
    type === 'SessionHeartbeat' ? [{ ...data, position }] : [],
  );
  if (rows.length === 0) return;
  await sql`
    insert into ${table('heartbeats')} (position, session_id, at, project_key, action, target, phase, progress, next_action)
    select position, session_id, at, project_key, action, target, phase, progress, next_action
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      position bigint, session_id text, at timestamptz, project_key text, action text, target text, phase text, progress double precision,
      next_action text)`;
}
