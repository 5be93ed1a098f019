import { join } from 'node:path';
import type { Projection } from '@coord/projection-runner/index';

interface Counts {
  project_key: string;
  events: number;
  active_locks: number;
  components: number;
  messages: number;
  last: string;
}

const LOCKS: Record<string, number> = { LockClaimed: 1, LockReleased: -1, LockExpired: -1, LockBroken: -1 };

/** Projects with counts and last activity. */
export const projectsProjection: Projection = {
  name: 'projects',
  migrations: join(__dirname, 'migrations'),
  tables: ['projects'],

  async project(events, { sql, table }) {
    const changes = new Map<string, Counts>();
    for (const { type, data, metadata } of events) {
      const { project_key, at } = metadata;
      if (project_key === null) continue;
      const counts = changes.get(project_key) ?? { project_key, events: 0, active_locks: 0, components: 0, messages: 0, last: at };
      counts.events += 1;
      counts.active_locks += LOCKS[type] ?? 0;
      counts.components += type === 'ComponentUpdated' && data.revision === 1 ? 1 : 0;
      counts.messages += type === 'MessageSent' ? 1 : 0;
      if (at > counts.last) counts.last = at;
      changes.set(project_key, counts);
    }
    if (changes.size === 0) return;
    await sql`
      insert into ${table('projects')} as p (project_key, events, active_locks, components, messages, last_activity_at)
      select project_key, events, active_locks, components, messages, last
      from jsonb_to_recordset(${sql.json([...changes.values()] as never)}) as r (
        project_key text, events bigint, active_locks bigint, components bigint, messages bigint, last timestamptz)
      on conflict (project_key) do update set
        events = p.events + excluded.events, active_locks = p.active_locks + excluded.active_locks, components = p.components + excluded.components,
        messages = p.messages + excluded.messages, last_activity_at = greatest(p.last_activity_at, excluded.last_activity_at)`;
  },
};
