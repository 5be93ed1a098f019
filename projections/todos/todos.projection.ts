import { join } from 'node:path';
import type { TodoEvent, TodoMoved, TodoState } from '@coord/domain/todo/index';
import type { Projection, RecordedEvent, Target } from '@coord/projection-runner/index';

type Fields = Partial<Omit<TodoState, 'todo_id'>>;

/** What became of a todo in a batch: the fields that it has now, all of them if it was added there. */
interface Change {
  id: string;
  position?: number;
  fields: Fields;
}

const REOPENED: Fields = { status: 'pending', completed_at: null, completed_by: null };

/** Todos as they are. Where one was moved to comes from the stream of the tree, in the same event as any other change. */
export const todosProjection: Projection = {
  name: 'todos',
  migrations: join(__dirname, 'migrations'),
  tables: ['todos'],

  async project(events, target) {
    const changes = new Map<string, Change>();
    for (const event of events as (RecordedEvent & (TodoEvent | TodoMoved))[]) {
      const fields = fieldsOf(event);
      if (!fields) continue;
      const { todo_id: id } = event.data;
      const before = changes.get(id);
      const position = event.type === 'TodoAdded' ? event.position : before?.position;
      changes.set(id, { id, position, fields: { ...before?.fields, ...fields } });
    }
    const all = [...changes.values()];
    await insert(
      target,
      all.filter(({ position }) => position !== undefined).map(({ id, position, fields }) => ({ id, position, ...fields })),
    );
    await update(
      target,
      all.filter(({ position }) => position === undefined),
    );
  },
};

/** What an event says that a todo has from then on; null for any other event. */
function fieldsOf({ type, data }: TodoEvent | TodoMoved): Fields | null {
  switch (type) {
    case 'TodoAdded': {
      const { todo_id: _, ...added } = data;
      return { ...added, ...REOPENED };
    }
    case 'TodoChanged':
      return data.changes;
    case 'TodoCompleted':
      return { status: 'done', completed_at: data.completed_at, completed_by: data.completed_by };
    case 'TodoReopened':
      return REOPENED;
    default:
      return null;
  }
}

async function insert({ sql, table }: Target, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('todos')}
    select * from jsonb_populate_recordset(null::${table('todos')}, ${sql.json(rows as never)})`;
}

async function update({ sql, table }: Target, changes: Change[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update ${table('todos')} t set (text, assigned_to_user, project_key, parent_id, source, status, completed_at, completed_by) = (
      select n.text, n.assigned_to_user, n.project_key, n.parent_id, n.source, n.status, n.completed_at, n.completed_by
      from jsonb_populate_record(t, r.fields) n)
    from jsonb_to_recordset(${sql.json(changes as never)}) as r (id uuid, fields jsonb)
    where t.id = r.id`;
}
