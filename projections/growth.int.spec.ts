import { ALL_SESSIONS } from '@coord/domain/message/index';
import { componentsProjection, listComponents } from './components/index';
import { historyProjection, listHistory } from './history/index';
import { inboxProjection, listMessages, listUnanswered, searchMessages, unreadOf, unreadOfAll, unreadOfSessions } from './inbox/index';
import { lastActivityOf, listLocks, locksHeldBy, locksProjection, projectsHeldBy, projectsWithExpired } from './locks/index';
import { queryOf, searchProjection } from './search/index';
import {
  findSession,
  isKnown,
  listHeartbeats,
  listSessions,
  liveSessions,
  recentNames,
  returnedSessions,
  sessionsProjection,
  silentSessions,
  unfinishedEnds,
  unregistered,
} from './sessions/index';
import { History, id, iso, NOON } from './testing/history';
import { ReadModel } from './testing/read-model';
import { listTodos, todosProjection } from './todos/index';
import { claimableItems, listWorkflows, listWorkItems, untoldHandoffs, workCounts, workProjection } from './work/index';

const PAST = 4_000;
const DAY = 24 * 3_600_000;
/** Rows that a read may look at, whatever was: some for each thing that is shown. */
const FEW = 150;
const now = new Date(NOON);
const broadcastsSince = new Date(NOON - 7 * DAY);
const activeSince = new Date(NOON - 300_000);

const sent = (n: number, more: object) => ({
  type: 'MessageSent',
  data: {
    ...{ message_id: id(n), from_session: 'A', to_session: 'B', project_key: 'p', subject: 's', body: 'b', type: 'note', priority: 'normal' },
    ...{
      references: [],
      metadata: null,
      reply_to: null,
      thread_id: id(n),
      ack_required: false,
      external_id: null,
      sent_at: iso(NOON - 30 * DAY),
      ...more,
    },
  },
});
const lock = (n: number) => ({ lock_id: id(n), project_key: 'p', session_id: `old ${n}`, resource: `r${n}`, fence: n });
const claimed = (n: number, expires_at: string | null) => ({
  type: 'LockClaimed',
  data: { ...lock(n), mode: 'exclusive', description: null, ttl_hours: 2, acquired_at: iso(NOON - 30 * DAY), expires_at },
});

const todo = (n: number) => ({ todo_id: id(n), project_key: 'p' });
const added = (n: number, user: string) => ({
  type: 'TodoAdded',
  data: { ...todo(n), text: 't', created_by_user: user, auto: false, created_at: iso(NOON - 30 * DAY) },
});
const WORK = 6_000_000;
const workflow = (n: number, status: string) => ({
  type: 'WorkflowCreated',
  data: { workflow_id: id(WORK + n), project_key: 'p', name: 'n', description: null, status, created_by: 'A', created_at: iso(NOON) },
});
/** The old ones are completed, as many of the rest wait for someone, as many were left by a workflow that is over, and each item depends on one of long ago. */
const item = (n: number, status: string, assigned_to: string | null, ofWorkflow = 1) => ({
  type: 'WorkItemAdded',
  data: {
    ...{
      work_item_id: id(WORK + n),
      workflow_id: id(WORK + ofWorkflow),
      project_key: 'p',
      title: 't',
      description: null,
      status,
      priority: n % 7,
      assigned_to,
    },
    ...{ depends_on: status === 'pending' ? [id(WORK + 1)] : [], created_at: iso(NOON), completed_at: null, revision: 1 },
  },
});

let readModel: ReadModel;
beforeAll(async () => {
  readModel = await ReadModel.of(
    locksProjection,
    componentsProjection,
    inboxProjection,
    searchProjection,
    todosProjection,
    sessionsProjection,
    historyProjection,
    workProjection,
  );
  const history = new History();
  const at = NOON - 30 * DAY;
  for (let n = 1; n <= PAST; n += 1) {
    history.append('old', [claimed(n, iso(at)), { type: 'LockReleased', data: { ...lock(n), ended_at: iso(at), ended_by: 'x', reason: null } }], {
      actor: `old ${n}`,
      at,
    });
    history.append('old', [sent(n, { to_session: ALL_SESSIONS }), sent(PAST + n, { type: 'question', ack_required: n % 2 === 0 })], {
      actor: 'A',
      at,
    });
    history.append('old', [{ type: 'MessageRead', data: { message_id: id(PAST + n), project_key: 'p', session_id: 'B', read_at: iso(at) } }]);
    history.append('old', [
      {
        type: 'ComponentUpdated',
        data: { project_key: 'p', component: `c${n % 10}`, state: 's', updated_by: 'A', updated_at: iso(at), revision: n },
      },
    ]);
  }
  for (let n = 1; n <= PAST; n += 1)
    history.append('old', [added(n, 'mike'), { type: 'TodoCompleted', data: { ...todo(n), completed_at: iso(at), completed_by: 'x' } }]);
  for (let n = 1; n <= PAST; n += 1) history.append('work', [workflow(n, 'completed'), item(n, 'completed', 'A'), item(PAST + n, 'pending', 'B')]);
  for (let n = 1; n <= PAST; n += 1) history.append('work', [item(2 * PAST + n, 'pending', null)]);
  for (let n = 1; n <= 10; n += 1) history.append('work', [workflow(PAST + n, 'active'), item(3 * PAST + n, 'pending', null, PAST + 1)]);
  for (let n = 0; n < 10; n += 1) {
    history.append('new', [added(2 * PAST + n, 'mike')]);
    const m = 3 * PAST + 10 * n;
    const session_id = `new ${n}`;
    history.append('new', [claimed(m, n % 2 === 0 ? iso(NOON - 1) : null)], { actor: session_id, at: NOON });
    history.append(
      'new',
      [sent(m, { to_session: ALL_SESSIONS, sent_at: iso(NOON) }), sent(m + 1, { body: 'zebrafish' }), sent(m + 2, { type: 'blocker' })],
      {
        actor: session_id,
        at: NOON,
      },
    );
    history.append(`session ${n}`, [
      {
        type: 'SessionRegistered',
        data: { session_id, machine: null, user: null, agent: null, project_key: 'p', capabilities: [], registered_at: iso(NOON) },
      },
    ]);
  }
  await readModel.apply(history.events, [5_000]);
  // a table of a few thousand short rows is read as a whole, and rightly so
  await readModel.sql`
    insert into sessions.sessions (session_id, project_key, registered_at, registered, last_activity_at)
    select 'older ' || n, 'p', ${new Date(at)}, true, ${new Date(at)} from generate_series(1, ${10 * PAST}::int) as n`;
  await readModel.sql`update sessions.sessions set registered = true where session_id like 'old %'`;
});
afterAll(() => readModel.close());

const sessions = { limit: 501, idleSince: activeSince, lostSince: activeSince };
const locks = { limit: 501, now, staleBefore: new Date(NOON - DAY) };
test.each<[string, (sql: ReadModel['sql']) => Promise<unknown>]>([
  ['active locks', (sql) => listLocks(sql, locks)],
  ['active locks of a project', (sql) => listLocks(sql, { ...locks, projectKey: 'p' })],
  ['active locks of a session', (sql) => listLocks(sql, { ...locks, sessionId: 'old 5' })],
  ['active locks in the way of another', (sql) => listLocks(sql, { ...locks, projectKey: 'p', prefix: 'r5' })],
  ['stale locks', (sql) => listLocks(sql, { ...locks, stale: true })],
  ['projects in which a lock has run out', (sql) => projectsWithExpired(sql, now)],
  ['projects in which a session holds locks', (sql) => projectsHeldBy(sql, 'old 5')],
  ['the last sign of a session', (sql) => lastActivityOf(sql, ['old 5', 'new 5'])],
  ['components of a project', (sql) => listComponents(sql, { projectKey: 'p', limit: 50 })],
  ['an unread inbox', (sql) => listMessages(sql, { toSession: 'B', unreadOnly: true, broadcastsSince, limit: 501 })],
  ['an unread inbox of someone new', (sql) => listMessages(sql, { toSession: 'new', unreadOnly: true, broadcastsSince, limit: 501 })],
  ['the first page of an inbox', (sql) => listMessages(sql, { toSession: 'B', broadcastsSince, limit: 21 })],
  ['the first page of all messages', (sql) => listMessages(sql, { broadcastsSince, limit: 21 })],
  ['messages with a word', (sql) => searchMessages(sql, { words: queryOf('Zebrafish') ?? '', broadcastsSince, limit: 21 })],
  ['messages of an inbox with a word', (sql) => searchMessages(sql, { words: 'zebrafish', toSession: 'B', broadcastsSince, limit: 21 })],
  ['open todos', (sql) => listTodos(sql, { status: 'pending', limit: 501 })],
  ['open todos of a project', (sql) => listTodos(sql, { status: 'pending', projectKey: 'p', limit: 501 })],
  ['open todos of a user', (sql) => listTodos(sql, { status: 'pending', user: 'mike', limit: 501 })],
  ['the first page of all todos', (sql) => listTodos(sql, { limit: 21 })],
  ['the first page of what is unanswered', (sql) => listUnanswered(sql, { limit: 21 })],
  ['open blockers', (sql) => listUnanswered(sql, { type: 'blocker', limit: 500 })],
  ['how much a session has unread', (sql) => unreadOf(sql, 'B', { broadcastsSince })],
  ['how much is unread by all', (sql) => unreadOfAll(sql, { broadcastsSince, activeSince })],
  ['how much is unread in a project', (sql) => unreadOfAll(sql, { projectKey: 'p', broadcastsSince, activeSince })],
  ['the first of the sessions', (sql) => liveSessions(sql, undefined, 20)],
  ['the first sessions of a project', (sql) => liveSessions(sql, 'p', 20)],
  ['names like another', (sql) => recentNames(sql, 20)],
  ['whether a session is known', (sql) => isKnown(sql, 'old 7')],
  ['what happened to a resource', (sql) => listHistory(sql, { resource: 'r5', limit: 501 })],
  ['what a session did', (sql) => listHistory(sql, { sessionId: 'old 5', limit: 501 })],
  ['the first page of what happened', (sql) => listHistory(sql, { limit: 21 })],
  ['sessions that are not registered', (sql) => unregistered(sql, 100)],
  ['one session', (sql) => findSession(sql, 'old 7')],
  ['the first page of all sessions', (sql) => listSessions(sql, { ...sessions, limit: 21 })],
  ['active sessions', (sql) => listSessions(sql, { ...sessions, status: 'active' })],
  ['idle sessions', (sql) => listSessions(sql, { ...sessions, status: 'idle' })],
  ['the first page of lost sessions', (sql) => listSessions(sql, { ...sessions, status: 'lost', limit: 21 })],
  ['sessions that have ended', (sql) => listSessions(sql, { ...sessions, status: 'ended' })],
  ['what a session said', (sql) => listHeartbeats(sql, 'new 5', undefined, 21)],
  ['what some sessions hold', (sql) => locksHeldBy(sql, ['new 5', 'old 5'], now)],
  ['what some sessions have unread', (sql) => unreadOfSessions(sql, ['new 5', 'B'], broadcastsSince)],
  ['sessions that have just got lost', (sql) => silentSessions(sql, activeSince, 20)],
  ['sessions that have returned', (sql) => returnedSessions(sql, activeSince, 20)],
  ['ends to be finished', (sql) => unfinishedEnds(sql, 3 * PAST, 20)],
  ['the next items to claim', (sql) => claimableItems(sql, { projectKey: 'p', limit: 32 })],
  ['the next items of a workflow to claim', (sql) => claimableItems(sql, { projectKey: 'p', workflowId: id(WORK + PAST + 1), limit: 32 })],
  ['that a workflow which is over has none to claim', (sql) => claimableItems(sql, { projectKey: 'p', workflowId: id(WORK + 1), limit: 32 })],
  ['the first page of what is ready', (sql) => listWorkItems(sql, { ready: true, limit: 21 })],
  ['the first page of what is ready in a project', (sql) => listWorkItems(sql, { projectKey: 'p', ready: true, limit: 21 })],
  ['the first page of what one has to do', (sql) => listWorkItems(sql, { assignedTo: 'B', limit: 21 })],
  ['a later page of the work items', (sql) => listWorkItems(sql, { projectKey: 'p', after: { priority: 3, position: 20_000 }, limit: 21 })],
  ['workflows that are not over', (sql) => listWorkflows(sql, { notOver: true, limit: 501 })],
  ['workflows of a project that are not over', (sql) => listWorkflows(sql, { projectKey: 'p', notOver: true, limit: 501 })],
  ['how much work there is', (sql) => workCounts(sql)],
  ['handoffs that nobody was told of', (sql) => untoldHandoffs(sql, 100)],
])('%s are read without looking at all that was', async (_, query) => {
  expect(await readModel.rowsRead(query)).toBeLessThan(FEW);
});

test('what happened since a time is read from the ranges of pages that may hold it', async () => {
  const since = { from: { at: new Date(NOON - 1) }, limit: 501 };
  for (const query of [since, { ...since, projectKey: 'p' }]) expect(await readModel.rowsRead((sql) => listHistory(sql, query))).toBeLessThan(PAST);
});
