// A history of any length, as sessions would have made it: locks claimed and released, components, messages sent and read, work done. It goes
// into the log by the store's own append, for a million requests would take longer than anyone wants to wait.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const PROJECTS = 20;
const SESSIONS = 40;
/** Events in an append. */
const BATCH = 200;
/** Of history, for each event. */
const MS_PER_EVENT = 3_000;

/** Broadcasts end so long before now: what a session has unread of them is the same after any history. */
const WITHOUT_BROADCASTS_MS = 8 * 24 * 3_600_000;

/** Fills the log at `databaseUrl` up to `events` events, the last of which is of now. Resolves when they are durable. */
export async function fillLog(databaseUrl, events) {
  const { PostgresEventStore } = require('../dist/libs/event-store/index.js');
  const store = await PostgresEventStore.open({ url: databaseUrl, applicationName: 'coord bench' });
  const now = Date.now();
  let [written, streams] = [await store.head(), new Map()];
  let count = 0;
  for (const event of happenings(now - (events - written) * MS_PER_EVENT, now - WITHOUT_BROADCASTS_MS)) {
    const { stream, ...fresh } = event;
    if (written + count >= events) break;
    streams.set(stream, [...(streams.get(stream) ?? []), fresh]);
    count += 1;
    if (count === BATCH) {
      await append(store, streams);
      written += count;
      [streams, count] = [new Map(), 0];
    }
  }
  await append(store, streams);
  await store.close();
}

/**
 * Does at once what autovacuum has done long since where such a history took its time (a million events are five weeks): here it comes in
 * minutes, and autovacuum would go through all tables while the reads are measured.
 */
export async function tidied(databaseUrl) {
  const sql = require('postgres')(databaseUrl, { max: 1 });
  await sql`vacuum analyze`;
  await sql`checkpoint`;
  await sql.end();
}

const append = (store, streams) => store.append([...streams].map(([stream, events]) => ({ stream, expected: 'any', events })));

/** One event after the other, without end; from the moment `from` on, with broadcasts up to the moment `broadcastsUntil`. */
function* happenings(from, broadcastsUntil) {
  const { v7 } = require('uuid');
  const { lockStream } = require('../dist/libs/domain/lock/index.js');
  const { componentStream } = require('../dist/libs/domain/component/index.js');
  const { messageStream } = require('../dist/libs/domain/message/index.js');
  const { workItemStream } = require('../dist/libs/domain/work-item/index.js');
  const { workflowStream } = require('../dist/libs/domain/workflow/index.js');
  let now = from;
  const event = (stream, type, actor, data) => {
    now += MS_PER_EVENT;
    const metadata = { actor, at: iso(now), project_key: data.project_key, causation_id: null, correlation_id: null, schema: 1 };
    return { stream, id: v7(), type, data, metadata };
  };
  const iso = (ms) => new Date(ms).toISOString();
  const soon = () => iso(now + MS_PER_EVENT);
  const workflows = new Map();

  for (let n = 0; ; n += 1) {
    const session_id = `FILL/${n % SESSIONS}`;
    const project_key = n % PROJECTS === 0 ? 'reads' : `fill-${n % PROJECTS}`;
    const lock = { lock_id: v7(), project_key, session_id, resource: `src/${n % 997}/file-${n}.ts`, fence: n + 1 };
    const terms = { mode: 'exclusive', description: null, ttl_hours: 2, acquired_at: soon(), expires_at: iso(now + 7_200_000) };
    yield event(lockStream(project_key), 'LockClaimed', session_id, { ...lock, ...terms });
    const component = { project_key, component: `c${n % 7}`, state: `s${n}`, version: null, notes: null, updated_by: session_id };
    yield event(componentStream(project_key, component.component), 'ComponentUpdated', session_id, {
      ...{ ...component, updated_at: soon(), revision: Math.floor(n / (7 * PROJECTS)) + 1 },
    });
    const [message_id, reader] = [v7(), `FILL/${(n + 1) % SESSIONS}`];
    const about = { message_id, project_key };
    yield event(messageStream(message_id), 'MessageSent', session_id, {
      ...{
        ...about,
        from_session: session_id,
        to_session: n % 500 === 0 && now < broadcastsUntil ? 'ALL_SESSIONS' : reader,
        subject: `Message ${n}`,
        body: 'Read me.',
      },
      ...{ type: n % 9 === 0 ? 'response' : 'note', priority: 'normal', references: [], metadata: null, reply_to: null, thread_id: message_id },
      ...{ ack_required: false, external_id: null, sent_at: soon() },
    });
    yield event(messageStream(message_id), 'MessageDelivered', null, { ...about, session_id: reader, delivered_at: soon() });
    yield event(messageStream(message_id), 'MessageRead', reader, { ...about, session_id: reader, read_at: soon() });
    if (n % 4 === 0) {
      let workflow = workflows.get(project_key);
      if (workflow === undefined || workflow.items.length === 50) {
        if (workflow) {
          const over = { workflow_id: workflow.id, project_key, changes: { status: 'completed' }, changed_by: session_id, changed_at: soon() };
          yield event(workflowStream(workflow.id), 'WorkflowChanged', session_id, over);
        }
        workflow = { id: v7(), items: [] };
        workflows.set(project_key, workflow);
        yield event(workflowStream(workflow.id), 'WorkflowCreated', session_id, {
          ...{ workflow_id: workflow.id, project_key, name: `Workflow ${n}`, description: null, status: 'active', created_by: session_id },
          created_at: soon(),
        });
      }
      const item = { work_item_id: v7(), workflow_id: workflow.id, project_key };
      yield event(workItemStream(item.work_item_id), 'WorkItemAdded', session_id, {
        ...{ ...item, title: `Item ${n}`, description: null, status: 'pending', priority: n % 3, assigned_to: null },
        ...{ depends_on: workflow.items.slice(-1), created_at: soon(), completed_at: null, revision: 1 },
      });
      workflow.items.push(item.work_item_id);
      const change = (changes, revision) =>
        event(workItemStream(item.work_item_id), 'WorkItemChanged', session_id, {
          ...{ ...item, changes, changed_by: session_id, changed_at: soon(), revision },
        });
      yield change({ status: 'in_progress', assigned_to: session_id }, 2);
      yield change({ status: 'completed', completed_at: soon() }, 3);
    }
    yield event(lockStream(project_key), 'LockReleased', session_id, { ...lock, ended_at: soon(), ended_by: session_id, reason: null, stale: null });
  }
}
