import { ALL_SESSIONS, type MessageEvent, type SentMessage } from '@coord/domain/message/index';
import { sessionsProjection } from '../sessions/index';
import { busyDay } from '../testing/busy-day';
import { NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { inboxProjection, listMessages, unreadOf, unreadOfAll, unreadOfSessions } from './index';

const SESSIONS = ['M/a', 'M/b', 'N/c', 'late', 'new'];
const PROJECTS = [undefined, 'p', 'q'];
const { events } = busyDay(800, 7);
const end = Date.parse(events.at(-1)?.metadata.at ?? '');
/** Half of the day: the window has to cut something off. */
const broadcastsSince = new Date(NOON + (end - NOON) / 2);
const activeSince = new Date(end - 20 * 60_000);

let readModel: ReadModel;
beforeAll(async () => {
  readModel = await ReadModel.of(inboxProjection, sessionsProjection);
  await readModel.apply(events, [13, 50]);
});
afterAll(() => readModel.close());

// counted from the events, message by message
const messageEvents = events as unknown as MessageEvent[];
const sent = messageEvents.flatMap((event) => (event.type === 'MessageSent' ? [event.data] : []));
const readings = new Set(
  messageEvents.flatMap((event) => (event.type === 'MessageRead' ? [`${event.data.message_id} ${event.data.session_id}`] : [])),
);
const hasRead = (message: SentMessage, session: string) => readings.has(`${message.message_id} ${session}`);
const isUnread = (message: SentMessage, session: string) =>
  !hasRead(message, session) &&
  (message.to_session === session ||
    (message.to_session === ALL_SESSIONS && message.from_session !== session && new Date(message.sent_at) > broadcastsSince));
const inProject = (project: string | undefined) => sent.filter((message) => project === undefined || message.project_key === project);

test('the day has unread messages of both kinds', () => {
  expect(new Set(sent.filter((message) => isUnread(message, 'M/a')).map(({ to_session }) => to_session))).toEqual(new Set(['M/a', ALL_SESSIONS]));
});

describe.each(SESSIONS)('what %s has unread', (session) => {
  test('is counted, in all projects and in each', async () => {
    for (const projectKey of PROJECTS)
      expect(await unreadOf(readModel.sql, session, { projectKey, broadcastsSince })).toBe(
        inProject(projectKey).filter((message) => isUnread(message, session)).length,
      );
  });
  test('is listed', async () => {
    const rows = await listMessages(readModel.sql, { toSession: session, unreadOnly: true, broadcastsSince, limit: 500 });
    expect(rows.map(({ id }) => id)).toEqual(sent.filter((message) => isUnread(message, session)).map(({ message_id }) => message_id));
  });
});

test('unread of all are direct messages, and broadcasts that some active session has not read', async () => {
  const active = SESSIONS.filter((session) => events.some(({ metadata }) => metadata.actor === session && new Date(metadata.at) > activeSince));
  expect(active.length).toBeGreaterThan(0);
  const counts = (message: SentMessage) =>
    message.to_session === ALL_SESSIONS ? active.some((session) => isUnread(message, session)) : isUnread(message, message.to_session);
  for (const projectKey of PROJECTS)
    expect(await unreadOfAll(readModel.sql, { projectKey, broadcastsSince, activeSince })).toBe(inProject(projectKey).filter(counts).length);
});

test('what sessions have unread is counted for all of them at once as for each', async () => {
  const names = [...SESSIONS, 'nobody'];
  const counts = await unreadOfSessions(readModel.sql, names, broadcastsSince);
  const each = await Promise.all(names.map(async (name) => [name, await unreadOf(readModel.sql, name, { broadcastsSince })] as const));
  expect([...counts].sort()).toEqual(each.sort());
});

test('a session that gave a sign beside the log is active, too', async () => {
  const asked = { broadcastsSince, activeSince: new Date(end + 1) };
  const before = await unreadOfAll(readModel.sql, asked);
  await readModel.note('M/a', end + 2);
  const broadcasts = sent.filter((message) => message.to_session === ALL_SESSIONS && isUnread(message, 'M/a'));
  expect(await unreadOfAll(readModel.sql, asked)).toBe(before + broadcasts.length);
});
