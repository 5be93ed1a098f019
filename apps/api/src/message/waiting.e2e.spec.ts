import { ReadModels } from '@coord/projection-runner/index';
import { Api, idsOf } from '../../../../test/support/api';
import { until } from '../../../../test/support/until';
import { Arrivals } from '../engine/arrivals';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

/** Each test has a project of its own, for broadcasts reach every session. */
const inbox = (session: string, more = '') => `/messages?to_session=${session}&project_key=of-${session}&unread_only=true${more}`;
const send = (reader: string, to: string | null = reader, more: object = {}, from = 'A') =>
  api.message(from, to, { project_key: `of-${reader}`, ...more });
/** Asks, and resolves when the request is held. */
async function asking(path: string, on = api, signal?: AbortSignal) {
  const arrivals = on.app.get(Arrivals);
  const before = arrivals.waiting;
  const answer = fetch(`${on.url}/api/coord${path}`, { signal: signal ?? null });
  await until('the request is held', () => arrivals.waiting > before);
  return { answer: answer.then(async (response) => ({ status: response.status, headers: response.headers, body: await response.json() })) };
}

test('a request is held until a message comes for its session, and shows that', async () => {
  const session = api.name('waits');
  const { answer } = await asking(inbox(session, '&wait=25'));
  await send(session, 'another');
  await send(session, null, {}, session);
  const { id } = await send(session);
  expect(await answer).toMatchObject({ status: 200, body: [{ id, read: false }] });
  expect((await api.get(`/messages/${id}`)).body).toMatchObject({ delivered_to: [session] });
});

test.each([
  ['a broadcast', {}, '', { to_session: null }],
  ['a message that passes its filters', { type: 'note' }, '&type=blocker&from_session=A', { type: 'blocker' }],
  ['a message with its words', { body: 'else' }, '&q=zebrafish', { body: 'The Zebrafish.' }],
])('is held until there is %s', async (_, not, query, those) => {
  const session = api.name('waits');
  const { answer } = await asking(inbox(session, `&wait=25&limit=5${query}`));
  if (Object.keys(not).length > 0) await send(session, session, not);
  const { to_session = session, ...how } = those as { to_session?: string | null };
  const { id } = await send(session, to_session, how);
  expect((await answer).body).toMatchObject({ items: [{ id }], next_cursor: null });
});

test('without an addressee any message ends the wait', async () => {
  const { answer } = await asking('/messages?project_key=any&wait=25');
  const { id } = await api.message('A', 'B', { project_key: 'any' });
  expect((await answer).body).toMatchObject([{ id }]);
});

test('what was sent before is shown at once', async () => {
  const session = api.name('waits');
  const { id } = await send(session);
  expect(idsOf((await api.get(inbox(session, '&wait=25'))).body)).toEqual([id]);
});

test('when nothing comes the answer is empty, as of the end of the wait, and nothing was asked meanwhile', async () => {
  const session = api.name('waits');
  const readModels = api.app.get(ReadModels);
  const read = readModels.read.bind(readModels);
  let looks = 0;
  readModels.read = (query, options) => {
    if (options?.of?.includes('inbox')) looks += 1;
    return read(query, options);
  };
  try {
    const { answer } = await asking(inbox(session, '&wait=1'));
    await send(session, 'another');
    const position = await api.store.head();
    const { status, body, headers } = await answer;
    expect([status, body, looks]).toEqual([200, [], 2]);
    expect(Number(headers.get('coord-position'))).toBeGreaterThanOrEqual(position);
  } finally {
    readModels.read = read;
  }
});

test('a caller who hangs up is forgotten, and was shown nothing', async () => {
  const session = api.name('waits');
  const caller = new AbortController();
  const arrivals = api.app.get(Arrivals);
  const { answer } = await asking(inbox(session, '&wait=25'), api, caller.signal);
  const gone = expect(answer).rejects.toThrow();
  caller.abort();
  await gone;
  await until('the caller is forgotten', () => arrivals.waiting === 0);
  const { id } = await send(session);
  expect((await api.get(`/messages/${id}`)).body).toMatchObject({ delivered_to: [] });
});

test.each(['0', '25.1', 'soon'])('wait=%s is refused', async (wait) => {
  expect((await api.get(inbox('B', `&wait=${wait}`))).body).toMatchObject({ status: 422, errors: [{ field: 'wait' }] });
});

test('when the engine stops, whoever waits is answered', async () => {
  const stopping = await Api.start();
  // One after the other: together, the first that is held would stand for all, and one that the engine has yet to read is not under way.
  const waiting = [];
  for (const session of ['a', 'b', 'c']) waiting.push(await asking(inbox(session, '&wait=25'), stopping));
  await stopping.close();
  for (const { answer } of waiting) expect(await answer).toMatchObject({ status: 200, body: [] });
});
