import { join } from 'node:path';
import { column, jsonColumn, type Projection, type RecordedEvent } from '@coord/projection-runner/index';

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
    const traits = events.map(traitsOf);
    await sql`
      insert into ${table('events')} (position, stream, revision, type, at, actor, project_key, causation_id, correlation_id, subject, resource, data)
      select * from unnest(
        ${column(events.map(({ position }) => position))}::bigint[], ${column(events.map(({ stream }) => stream))}::text[],
        ${column(events.map(({ revision }) => revision))}::bigint[], ${column(events.map(({ type }) => type))}::text[],
        ${column(events.map(({ metadata }) => metadata.at))}::timestamptz[], ${column(traits.map(({ actor }) => actor))}::text[],
        ${column(traits.map(({ project_key }) => project_key))}::text[], ${column(events.map(({ metadata }) => metadata.causation_id))}::text[],
        ${column(events.map(({ metadata }) => metadata.correlation_id))}::text[], ${column(traits.map(({ subject }) => subject))}::text[],
        ${column(traits.map(({ resource }) => resource))}::text[], ${jsonColumn(events.map(({ data }) => data))}::json[])`;
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
