import { Api, idsOf } from '../../../../test/support/api';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
const unread = async (session: string) => idsOf((await api.get(`/messages?to_session=${session}&unread_only=true`)).body);

test('reading several of which one is unknown is refused, and marks none', async () => {
  const session = api.name('reader');
  const { id } = await api.message('A', session);
  const before = await api.store.head();
  const answer = await api.call('PUT', '/messages/read', { body: { session_id: session, ids: [id, UNKNOWN] } });
  expect(answer.body).toMatchObject({ status: 404, detail: expect.stringContaining(UNKNOWN) });
  expect(await api.store.head()).toBe(before);
  expect(await unread(session)).toEqual([id]);
});

test('reading several counts those that were unread, each once, whatever the case of its id', async () => {
  const session = api.name('reader');
  const [one, two] = [await api.message('A', session), await api.message('A', session)];
  await api.done('PUT', `/messages/${one.id}/read`, { session_id: session });
  const ids = [one.id, two.id, String(two.id).toUpperCase()];
  expect(await api.done('PUT', '/messages/read', { session_id: session, ids })).toEqual({ read: 1 });
});

test('reading all marks what is unread in every project, and for no one else', async () => {
  const [session, other] = [api.name('reader'), api.name('reader')];
  for (const project_key of ['p', 'q', null]) await api.message('A', session, { project_key });
  const { id } = await api.message('A', null);
  expect(await api.done('PUT', '/messages/read', { session_id: session, all: true })).toEqual({ read: 4 });
  expect(await unread(session)).toEqual([]);
  expect(await unread(other)).toContain(id);
});

test('a broadcast read without a session counts for those that it was shown to', async () => {
  const { id } = await api.message('A', null);
  const shown = [api.name('shown'), api.name('shown')];
  for (const session of shown) expect(await unread(session)).toContain(id);
  const answer = await api.done('PUT', `/messages/${id}/read`);
  expect(Object.values(answer.marked_for ?? {}).sort()).toEqual(shown);
  expect(await unread(api.name('later'))).toContain(id);
  expect((await api.get(`/messages/${id}`)).body).toMatchObject({ read_by: expect.arrayContaining(shown) });
});

test.each(['ALL_SESSIONS', 'ALL', 'fleet'])('asking for the inbox of %s shows each broadcast once, and to no one', async (word) => {
  const { id } = await api.message('A', null);
  const { body } = await api.get(`/messages?to_session=${word}`);
  expect(idsOf(body).filter((one) => one === String(id))).toHaveLength(1);
  expect((await api.get(`/messages/${id}`)).body).toMatchObject({ delivered_to: [] });
});

test('asked for ten times at once, an inbox is shown ten times and recorded as shown once', async () => {
  const session = api.name('polls');
  const sent = [await api.message('A', session), await api.message('A', session)];
  const answers = await Promise.all(Array.from({ length: 10 }, () => unread(session)));
  for (const shown of answers) expect(shown).toEqual(expect.arrayContaining(sent.map(({ id }) => id)));
  const stream = await api.store.readStream(`message-${sent[0]?.id}`);
  expect(stream.map(({ type }) => type)).toEqual(['MessageSent', 'MessageDelivered']);
});

test('one external id sent ten times at once is one message', async () => {
  const body = { from_session: 'A', to_session: 'B', project_key: 'p', subject: 's', body: 'b', external_id: api.name('external') };
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => api.call('POST', '/messages', { body: { ...body, body: `b${i}` } })));
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  expect(new Set(answers.map((answer) => answer.body.body)).size).toBe(1);
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
});
