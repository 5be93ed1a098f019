import { join } from 'node:path';
import type { Projection, RecordedEvent } from '@coord/projection-runner/index';

/** The log as people ask for it: by project, session, type, stream, resource and time. */
export const historyProjection: Projection = {
  name: 'history',
  migrations: join(__dirname, 'migrations'),
  tables: ['events'],

  async project(events, { sql, table }) {
    await sql`
      insert into ${table('events')} (position, stream, revision, type, at, actor, project_key, causation_id, correlation_id, subject, resource, data)
      select position, stream, revision, type, at, actor, project_key, causation_id, correlation_id, subject, resource, data
      from jsonb_to_recordset(${sql.json(events.map(row) as never)}) as r (
        position bigint, stream text, revision bigint, type text, at timestamptz, actor text, project_key text, causation_id text,
        correlation_id text, subject text, resource text, data jsonb)`;
  },
};

function row({ position, stream, revision, type, data, metadata }: RecordedEvent): object {
  const { at, actor, project_key, causation_id, correlation_id } = metadata;
  const subject = data.lock_id ?? data.message_id ?? data.task_id ?? null;
  return { position, stream, revision, type, at, actor, project_key, causation_id, correlation_id, subject, resource: data.resource ?? null, data };
}
