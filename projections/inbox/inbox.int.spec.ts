import { ALL_SESSIONS, type MessageEvent, type SentMessage } from '@coord/domain/message/index';
import { sessionsProjection } from '../sessions/index';
import { History, id, iso, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { findMessage, inboxProjection, knownMessages, listMessages, listUnanswered, type MessageQuery, receiptsOf } from './index';

const DAY = 24 * 3_600_000;
const broadcastsSince = new Date(NOON - 7 * DAY);

let readModel: ReadModel;
let history: History;
beforeEach(async () => {
  readModel = await ReadModel.of(inboxProjection, sessionsProjection);
  history = new History();
});
afterEach(() => readModel.close());

const sent = (n: number, to_session: string, more: Partial<SentMessage> = {}): MessageEvent => ({
  type: 'MessageSent',
  data: {
    ...{
      message_id: id(n),
      from_session: 'A',
      to_session,
      project_key: 'p',
      subject: 's',
      body: 'b',
      type: 'note',
      priority: 'normal',
      references: [],
    },
    ...{ metadata: null, reply_to: null, thread_id: id(n), ack_required: false, external_id: null, sent_at: iso(NOON), ...more },
  },
});
const about = (n: number, session_id: string) => ({ message_id: id(n), project_key: 'p', session_id });
const delivered = (n: number, session: string): MessageEvent => ({
  type: 'MessageDelivered',
  data: { ...about(n, session), delivered_at: iso(NOON) },
});
const read = (n: number, session: string): MessageEvent => ({ type: 'MessageRead', data: { ...about(n, session), read_at: iso(NOON + 1) } });
const acknowledged = (n: number, session: string): MessageEvent => ({
  type: 'MessageAcknowledged',
  data: { ...about(n, session), acknowledged_at: iso(NOON + 2) },
});
const happened = async (...events: MessageEvent[]) => {
  const before = history.events.length;
  history.append('messages', events);
  await readModel.apply(history.events.slice(before));
};

const numbers = (rows: readonly { id: string }[]) => rows.map((row) => Number(row.id.slice(-12)));
const list = async (query: Partial<MessageQuery> = {}) => numbers(await listMessages(readModel.sql, { limit: 500, broadcastsSince, ...query }));
const inboxOf = (toSession: string, query: Partial<MessageQuery> = {}) => list({ toSession, ...query });
const unreadOf = (toSession: string) => inboxOf(toSession, { unreadOnly: true });

test('an inbox holds direct messages and the broadcasts of others, in the order of sending', async () => {
  await happened(
    sent(1, 'B'),
    sent(2, ALL_SESSIONS),
    sent(3, 'C'),
    sent(4, 'B', { from_session: 'B' }),
    sent(5, ALL_SESSIONS, { from_session: 'B' }),
  );
  expect(await inboxOf('B')).toEqual([1, 2, 4]);
  expect(await inboxOf('A')).toEqual([5]);
  expect(await inboxOf('new')).toEqual([2, 5]);
  expect(await inboxOf(ALL_SESSIONS)).toEqual([2, 5]);
  expect(await list()).toEqual([1, 2, 3, 4, 5]);
});

test('it is filtered, and cut into pages that fit together', async () => {
  const later = { sent_at: iso(NOON + 60_000) };
  await happened(
    sent(1, 'B', { type: 'question', priority: 'high' }),
    sent(2, ALL_SESSIONS, { project_key: 'q', ...later }),
    sent(3, 'B', { from_session: 'C', thread_id: id(1), ...later }),
  );
  expect(await inboxOf('B', { type: 'question' })).toEqual([1]);
  expect(await inboxOf('B', { priority: 'normal' })).toEqual([2, 3]);
  expect(await inboxOf('B', { projectKey: 'q' })).toEqual([2]);
  expect(await inboxOf('B', { fromSession: 'C' })).toEqual([3]);
  expect(await inboxOf('B', { since: new Date(NOON + 60_000) })).toEqual([2, 3]);
  expect(await inboxOf('B', { thread: id(1) })).toEqual([1, 3]);
  expect(await inboxOf('B', { limit: 2 })).toEqual([1, 2]);
  expect(await inboxOf('B', { limit: 2, after: 2 })).toEqual([3]);
});

test('reading is per session, for direct messages and broadcasts', async () => {
  await happened(sent(1, 'B'), sent(2, ALL_SESSIONS), read(1, 'C'), read(2, 'C'));
  expect([await unreadOf('B'), await unreadOf('C')]).toEqual([[1, 2], []]);
  await happened(read(1, 'B'));
  expect(await unreadOf('B')).toEqual([2]);
  expect(await list({ unreadOnly: true })).toEqual([2]);
});

test('a broadcast is unread for as long as the window reaches back, and listed for ever', async () => {
  await happened(sent(1, ALL_SESSIONS, { sent_at: broadcastsSince.toISOString() }), sent(2, 'B', { sent_at: iso(0) }));
  await happened(sent(3, ALL_SESSIONS, { sent_at: iso(broadcastsSince.getTime() + 1) }));
  expect(await unreadOf('B')).toEqual([2, 3]);
  expect(await inboxOf('B')).toEqual([1, 2, 3]);
});

test('a message shows what its reader did, without one its addressee', async () => {
  await happened(sent(1, 'B'), delivered(1, 'B'), read(1, 'C'), acknowledged(1, 'C'));
  expect(await findMessage(readModel.sql, id(1), null)).toMatchObject({ delivered_at: new Date(NOON), read_at: null });
  expect(await findMessage(readModel.sql, id(1), 'C')).toMatchObject({ read_at: new Date(NOON + 1), acknowledged_at: new Date(NOON + 2) });
  expect(await findMessage(readModel.sql, id(9), null)).toBeNull();
  expect(await receiptsOf(readModel.sql, id(1))).toMatchObject([{ session_id: 'B' }, { session_id: 'C', delivered_at: new Date(NOON + 1) }]);
  expect(await knownMessages(readModel.sql, [id(1), id(9)])).toEqual(new Set([id(1)]));
});

describe('what waits for something', () => {
  const open = async (query: object = {}) => numbers(await listUnanswered(readModel.sql, { limit: 500, ...query }));
  const answer = (n: number, more: Partial<SentMessage>) => sent(n, 'A', { type: 'response', from_session: 'B', ...more });

  test('are questions and blockers without a response, oldest first', async () => {
    await happened(sent(1, 'B', { type: 'blocker' }), sent(2, 'B'), sent(3, 'B', { type: 'question', project_key: 'q' }));
    expect([await open(), await open({ type: 'blocker' }), await open({ projectKey: 'q' }), await open({ after: 1 })]).toEqual([
      [1, 3],
      [1],
      [3],
      [3],
    ]);
  });
  test.each<[string, Partial<SentMessage>]>([
    ['by replying', { reply_to: id(1) }],
    ['by naming its id', { references: ['else', id(1).toUpperCase()] }],
    ['by naming its external id', { references: ['Q-1'] }],
    ['by naming its external id, without a project, by whom it was sent to', { references: ['Q-1'], project_key: null, to_session: 'C' }],
    ['so by its sender', { references: ['Q-1'], project_key: null, from_session: 'A', to_session: 'C' }],
    ['so by anyone who tells its sender', { references: ['Q-1'], project_key: null, from_session: 'C', to_session: 'A' }],
  ])('is answered %s', async (_, link) => {
    await happened(sent(1, 'B', { type: 'question', external_id: 'Q-1' }), answer(2, link));
    expect(await open()).toEqual([]);
  });
  test.each<[string, Partial<SentMessage>]>([
    ['a message of another type', { type: 'note', reply_to: id(1) }],
    ['an external id of another project', { project_key: 'q', references: ['Q-1'] }],
    ['its external id without a project between others', { references: ['Q-1'], project_key: null, from_session: 'C', to_session: 'B' }],
    ['a response to something else', { references: [id(3)] }],
  ])('is not answered by %s', async (_, link) => {
    await happened(sent(1, 'B', { type: 'question', external_id: 'Q-1' }), answer(2, link));
    expect(await open()).toEqual([1]);
  });
  test('is not answered by what was sent before it', async () => {
    await happened(answer(1, { references: ['Q-1'] }), sent(2, 'B', { type: 'question', external_id: 'Q-1' }));
    expect(await open()).toEqual([2]);
  });
  test('are acknowledgements that the addressee owes', async () => {
    await happened(sent(1, 'B', { ack_required: true }), acknowledged(1, 'C'));
    expect(await open()).toEqual([1]);
    await happened(acknowledged(1, 'B'));
    expect(await open()).toEqual([]);
  });
  test('are acknowledgements of a broadcast: one at least, and one from each that was shown it', async () => {
    await happened(sent(1, ALL_SESSIONS, { ack_required: true }), delivered(1, 'A'), delivered(1, 'B'));
    expect(await open()).toEqual([1]);
    await happened(acknowledged(1, 'B'));
    expect(await open()).toEqual([]);
    await happened(delivered(1, 'C'));
    expect(await open()).toEqual([1]);
  });
});
