import { ALL_SESSIONS, type SentMessage } from '@coord/domain/message/index';
import { type FoundMessage, inboxProjection, type MessageSearch, searchMessages } from '../inbox/index';
import { History, id, iso, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { queryOf, searchProjection } from './index';

let readModel: ReadModel;
let history: History;
let messages = 0;
beforeEach(async () => {
  readModel = await ReadModel.of(inboxProjection, searchProjection);
  history = new History();
  messages = 0;
});
afterEach(() => readModel.close());

/** Sends messages with these texts; each is known by its number from 1. */
async function send(...texts: (string | Partial<SentMessage>)[]): Promise<void> {
  const before = history.events.length;
  for (const text of texts) {
    const message_id = id(++messages);
    const own = typeof text === 'string' ? { body: text } : text;
    const how = { type: 'note', priority: 'normal', references: [], metadata: null, reply_to: null, thread_id: message_id, ack_required: false };
    const data = { message_id, from_session: 'A', to_session: 'B', project_key: 'p', subject: 's', body: 'b', external_id: null, sent_at: iso(NOON) };
    history.append(`message-${message_id}`, [{ type: 'MessageSent', data: { ...data, ...how, ...own } }]);
  }
  await readModel.apply(history.events.slice(before));
}
const search = (q: string, query: Partial<MessageSearch> = {}): Promise<FoundMessage[]> =>
  searchMessages(readModel.sql, { words: queryOf(q) ?? '', limit: 500, broadcastsSince: new Date(0), ...query });
const found = async (q: string, query?: Partial<MessageSearch>) => (await search(q, query)).map((row) => Number(row.id.slice(-12)));

test('all words have to occur, in subject or body, in any case', async () => {
  await send({ subject: 'The Zebrafish', body: 'is GREEN' }, { subject: 'green', body: 'aardvark' }, 'zebra fish');
  expect(await found('zebrafish')).toEqual([1]);
  expect(await found('green ZEBRAFISH')).toEqual([1]);
  expect(await found('Green')).toEqual([2, 1]);
  expect(await found('green pangolin')).toEqual([]);
});

test('parts of paths, names and identifiers are words, and so are those of other languages', async () => {
  await send('see src/build-agents.sh', 'COORD_STALE_AFTER is 2h', 'ask WORKSHOP/claude-main', 'Grüße aus ÖSTERREICH', '日本語のテスト');
  for (const [q, n] of [
    ['build-agents', 1],
    ['agents.sh', 1],
    ['stale_after', 2],
    ['claude-main', 3],
    ['österreich GRÜßE', 4],
    ['テスト 日本', 5],
  ] as const)
    expect([q, await found(q)]).toEqual([q, [n]]);
});

test('what matches best comes first: in the subject, then often, then what was sent first', async () => {
  await send('a deploy', 'deploy deploy deploy', { subject: 'Deploy', body: 'x' }, 'a deploy');
  expect(await found('deploy')).toEqual([3, 2, 1, 4]);
});

test('it is searched within what a session sees, and within every other filter', async () => {
  await send(
    { body: 'word', to_session: ALL_SESSIONS },
    { body: 'word', to_session: 'C' },
    { body: 'word', type: 'question' },
    { body: 'word', to_session: ALL_SESSIONS, from_session: 'B' },
    { body: 'word', project_key: 'q' },
  );
  const read = { message_id: id(3), project_key: 'p', session_id: 'B', read_at: iso(NOON) };
  history.append('m', [{ type: 'MessageRead', data: read }]);
  await readModel.apply(history.events.slice(-1));
  expect(await found('word', { toSession: 'B' })).toEqual([1, 3, 5]);
  expect(await found('word', { toSession: 'B', unreadOnly: true })).toEqual([1, 5]);
  expect(await found('word', { toSession: 'B', unreadOnly: true, broadcastsSince: new Date(NOON) })).toEqual([5]);
  expect(await found('word', { unreadOnly: true })).toEqual([1, 2, 4, 5]);
  expect(await found('word', { type: 'question' })).toEqual([3]);
  expect(await found('word', { projectKey: 'q' })).toEqual([5]);
  expect(await search('word', { toSession: 'B', type: 'question' })).toMatchObject([{ read_at: new Date(NOON) }]);
});

test('pages skip and repeat nothing while messages come that match better, worse and as well', async () => {
  const texts = ['w', 'w w', 'w w w'];
  await send(...Array.from({ length: 12 }, (_, i) => texts[i % 3] ?? ''));
  const before = await found('w');
  const seen: number[] = [];
  for (let after: MessageSearch['after']; ; ) {
    const rows = await search('w', { limit: 2, after });
    const last = rows.at(-1);
    if (!last) break;
    seen.push(...rows.map((row) => Number(row.id.slice(-12))));
    after = { rank: last.rank, position: Number(last.position) };
    if (messages < 30) await send(...texts, { subject: 'w' });
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((n) => n <= 12)).toEqual(before);
});

test('bodies of a megabyte are taken, be they one word, one word again and again, or ever new words', async () => {
  const many = (word: (i: number) => string) => {
    let body = '';
    for (let i = 0; body.length < 1_000_000; i += 1) body += `${word(i)} `;
    return body;
  };
  await send(
    'ä'.repeat(500_000),
    many(() => 'again'),
    `${many((i) => i.toString(36))}`,
    many((i) => `${i % 7}-${i}.example.com/x${i}`),
  );
  expect(await found('again')).toEqual([2]);
  expect(await found('ä'.repeat(300))).toEqual([1]);
  expect(await found('2klb 10zz')).toEqual([3]);
  expect(await found('x777 example com')).toEqual([4]);
});
