import { join } from 'node:path';
import type { Projection, RecordedEvent } from '@coord/projection-runner/index';

type JsonValue = RecordedEvent['data'][string];

/** The log as people ask for it: by project, session, type, stream, resource and time. */
export const historyProjection: Projection = {
  name: 'history',
  migrations: join(__dirname, 'migrations'),
  tables: ['events'],
  lateIndexes: [
    ...['events_by_stream', 'events_by_project', 'events_by_actor', 'events_by_type'],
    ...['events_by_subject', 'events_by_resource', 'events_by_time'],
  ],

  async project(events, { sql, table }) {
    await sql`
      insert into ${table('events')} (position, stream, revision, type, at, actor, project_key, causation_id, correlation_id, subject, resource, data)
      select position, stream, revision, type, at, actor, project_key, causation_id, correlation_id, subject, resource, data
      from jsonb_to_recordset(${sql.json(events.map(row) as never)}) as r (
        position bigint, stream text, revision bigint, type text, at timestamptz, actor text, project_key text, causation_id text,
        correlation_id text, subject text, resource text, data jsonb)`;
  },
};

/** By what an event is found, beside its place. */
export interface EventTraits {
  actor: string | null;
  project_key: string | null;
  /** The lock, message, … that it is about. */
  subject: string | null;
  /** The normal form of a lock's resource. */
  resource: string | null;
}

const text = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);

export const traitsOf = ({ data, metadata: { actor, project_key } }: Pick<RecordedEvent, 'data' | 'metadata'>): EventTraits => ({
  actor,
  project_key,
  subject:
    text(data.lock_id) ?? text(data.message_id) ?? text(data.task_id) ?? text(data.todo_id) ?? text(data.work_item_id) ?? text(data.workflow_id),
  resource: text(data.resource),
});

function row(event: RecordedEvent): object {
  const { position, stream, revision, type, data, metadata } = event;
  const { at, causation_id, correlation_id } = metadata;
  const { actor, project_key, subject, resource } = traitsOf(event);
  return { position, stream, revision, type, at, actor, project_key, causation_id, correlation_id, subject, resource, data };
}
