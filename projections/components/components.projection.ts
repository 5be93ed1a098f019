import { join } from 'node:path';
import type { ComponentUpdated } from '@coord/domain/component/index';
import type { Projection, RecordedEvent, Target } from '@coord/projection-runner/index';

/** The state of each component and its history. */
export const componentsProjection: Projection = {
  name: 'components',
  migrations: join(__dirname, 'migrations'),
  tables: ['components', 'component_history'],

  async project(events, target) {
    const changes = (events as (RecordedEvent & ComponentUpdated)[])
      .filter((event) => event.type === 'ComponentUpdated')
      .map(({ data, position }) => ({ ...data, position }));
    if (changes.length === 0) return;
    const latest = new Map(changes.map((change) => [JSON.stringify([change.project_key, change.component]), change]));
    await Promise.all([insertHistory(target, changes), upsertLatest(target, [...latest.values()])]);
  },
};

async function insertHistory({ sql, table }: Target, rows: object[]): Promise<void> {
  await sql`
    insert into ${table('component_history')} (project_key, component, revision, state, version, notes, updated_by, updated_at, position)
    select project_key, component, revision, state, version, notes, updated_by, updated_at, position
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      project_key text, component text, revision integer, state text, version text, notes text, updated_by text, updated_at timestamptz, position bigint)`;
}

async function upsertLatest({ sql, table }: Target, rows: object[]): Promise<void> {
  await sql`
    insert into ${table('components')} (project_key, component, revision, state, version, notes, updated_by, updated_at, position)
    select project_key, component, revision, state, version, notes, updated_by, updated_at, position
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      project_key text, component text, revision integer, state text, version text, notes text, updated_by text, updated_at timestamptz, position bigint)
    on conflict (project_key, component) do update set
      revision = excluded.revision, state = excluded.state, version = excluded.version, notes = excluded.notes,
      updated_by = excluded.updated_by, updated_at = excluded.updated_at, position = excluded.position`;
}
