import { Api, idsOf, type Json, listOf } from '../../../../test/support/api';
import { until } from '../../../../test/support/until';

const MINUTE = 60_000;
const SECOND = 1_000;

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const pathOf = (session: string) => `/sessions/${encodeURIComponent(session)}`;
const look = async (session: string) => (await api.get(pathOf(session))).body;
const beat = (session: string, said: object = {}) => api.done('POST', `${pathOf(session)}/heartbeat`, said);
const now = () => new Date(api.clock.now()).toISOString();
const eventsOf = async (session: string) => listOf((await api.get(`/history?stream=${encodeURIComponent(`session-${session}`)}`)).body);
const typesOf = async (session: string) => (await eventsOf(session)).map(({ type }) => String(type));
const untilLogged = (session: string, type: string) =>
  until(`${type} is in the log`, async () => (await eventsOf(session)).find((event) => String(event.type) === type));

describe('registering', () => {
  test('says more of a session that its first command registered', async () => {
    const session = api.name('M/s');
    await api.claim('p', session, session);
    const answer = await api.call('POST', '/sessions', { body: { session_id: session, user: 'howard' } });
    expect(answer).toMatchObject({ status: 200, body: { machine: 'M', user: 'howard', project_key: 'p', locks: [{ resource: session }] } });
    expect(await look(session)).toEqual(answer.body);
  });
  test('again, with nothing new, writes nothing, and is a sign', async () => {
    const session = api.name('M/s');
    await api.done('POST', '/sessions', { session_id: session, agent: 'claude' });
    api.clock.advance(2 * SECOND);
    const head = await api.store.head();
    expect((await api.call('POST', '/sessions', { body: { session_id: session, agent: 'claude' } })).status).toBe(200);
    expect(await api.store.head()).toBe(head);
    expect(await look(session)).toMatchObject({ last_activity_at: now(), agent: 'claude' });
  });
  test('many without a name in the same second gives each a name of its own', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.call('POST', '/sessions')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => String(body.session_id))).size).toBe(50);
  });
  test('without a name leaves names alone that others have', async () => {
    const seconds = Math.floor(api.clock.now() / SECOND) + 1_000;
    const taken = `session-${seconds}`;
    await api.done('POST', '/sessions', { session_id: taken });
    const { last_activity_at } = await look(taken);
    api.clock.advance(1_000 * SECOND);
    expect(await api.done('POST', '/sessions')).toMatchObject({ session_id: `session-${seconds + 1}` });
    expect(await look(taken)).toMatchObject({ last_activity_at });
  });
  test('without a name, again under the same key, is the same session', async () => {
    const twice = () => api.call('POST', '/sessions', { body: { project_key: 'p' }, headers: { 'Idempotency-Key': 'nameless' } });
    const [first, second] = await Promise.all([twice(), twice()]);
    expect([second.text, (await twice()).text]).toEqual([first.text, first.text]);
    expect(first.status).toBe(201);
  });
});

describe('a heartbeat', () => {
  test('that says nothing new leaves no event, but shows', async () => {
    const session = api.name('M/s');
    await beat(session, { action: 'building', progress: '25%' });
    const head = await api.store.head();
    for (let i = 0; i < 3; i += 1) {
      api.clock.advance(500);
      await beat(session, i === 1 ? {} : { action: 'building', progress: 25 });
      expect(await look(session)).toMatchObject({ last_activity_at: now(), last_heartbeat: { at: now(), action: 'building', progress: 25 } });
    }
    expect(await api.store.head()).toBe(head);
    expect(listOf((await api.get(`${pathOf(session)}/heartbeats`)).body)).toHaveLength(1);
  });
  test('a minute later is put on record, be it the same', async () => {
    const session = api.name('M/s');
    await beat(session, { action: 'building' });
    api.clock.advance(MINUTE);
    await beat(session, {});
    const heartbeats = listOf((await api.get(`${pathOf(session)}/heartbeats`)).body);
    expect(heartbeats).toMatchObject([{ at: now(), action: 'building' }, { action: 'building' }]);
  });
  test('that is no heartbeat does not move the time of the last one', async () => {
    const session = api.name('M/s');
    await beat(session, { action: 'building' });
    const at = now();
    api.clock.advance(2 * SECOND);
    await api.call('POST', '/locks/verify', { body: { project_key: 'p', resource: 'x', session_id: session, fence: 1 } });
    expect(await look(session)).toMatchObject({ last_activity_at: now(), last_heartbeat: { at } });
  });
  test('brings what is urgent and unread, which counts as shown, and what the session holds', async () => {
    const session = api.name('M/s');
    const urgent = await api.message('A', session, { priority: 'urgent' });
    await api.message('A', session);
    const lock = await api.claim('p', session, session);
    const due = await beat(session);
    expect(due).toMatchObject({ unread: 2, urgent: [{ id: urgent.id }], locks: [{ id: lock.id, stale: false }] });
    expect((await api.get(`/messages/${urgent.id}`)).body).toMatchObject({ delivered_to: [session] });
    await api.done('PUT', `/messages/${urgent.id}/read`, { session_id: session });
    expect(await beat(session)).toMatchObject({ unread: 1, urgent: [] });
  });
  test('names the project that the session is in from then on', async () => {
    const [session, q] = [api.name('M/s'), api.name('q')];
    await api.done('POST', '/sessions', { session_id: session, project_key: api.name('p') });
    await beat(session, { project_key: q });
    expect(listOf((await api.get(`/sessions?project_key=${q}`)).body)).toMatchObject([{ session_id: session, project_key: q, last_heartbeat: {} }]);
  });
  test('under a key is answered again as it was', async () => {
    const session = api.name('M/s');
    const keyed = () => api.call('POST', `${pathOf(session)}/heartbeat`, { body: { action: 'x' }, headers: { 'Idempotency-Key': session } });
    const first = await keyed();
    await api.message('A', session, { priority: 'urgent' });
    expect((await keyed()).text).toBe(first.text);
  });
});

describe('silence', () => {
  const ofStatus = async (p: string, status: string) =>
    listOf((await api.get(`/sessions?project_key=${p}&status=${status}`)).body).map(({ session_id }) => String(session_id));

  test('makes a session idle, then lost, which comes into the log with what was seen', async () => {
    const [session, p] = [api.name('M/s'), api.name('p')];
    await api.done('POST', '/sessions', { session_id: session, project_key: p });
    api.clock.advance(MINUTE);
    await api.call('POST', '/locks/verify', { body: { project_key: p, resource: 'x', session_id: session, fence: 1 } });
    const last_activity_at = now();
    api.clock.advance(5 * MINUTE - 1);
    expect([await ofStatus(p, 'active'), await ofStatus(p, 'idle')]).toEqual([[session], []]);
    api.clock.advance(1);
    expect([await ofStatus(p, 'active'), await ofStatus(p, 'idle')]).toEqual([[], [session]]);
    api.clock.advance(25 * MINUTE - 1);
    expect([await ofStatus(p, 'idle'), await ofStatus(p, 'lost')]).toEqual([[session], []]);
    api.clock.advance(1);
    expect([await ofStatus(p, 'idle'), await ofStatus(p, 'lost'), await look(session)]).toMatchObject([[], [session], { status: 'lost' }]);
    expect(await untilLogged(session, 'SessionLost')).toMatchObject({ actor: null, data: { last_activity_at, lost_at: now() } });
  });
  test('makes the locks of a lost session stale, for anyone to release', async () => {
    const [session, p] = [api.name('M/s'), api.name('p')];
    const lock = await api.claim(p, session, 'a', { ttl_hours: 0 });
    api.clock.advance(30 * MINUTE);
    expect(await look(session)).toMatchObject({ status: 'lost', locks: [{ id: lock.id, stale: true }] });
    expect(idsOf((await api.get(`/locks?project_key=${p}&stale=true`)).body)).toEqual([lock.id]);
    expect(await api.done('DELETE', `/locks/${lock.id}?session_id=B`)).toMatchObject({ ended_by: 'B' });
  });
  test.each([
    ['a heartbeat', (s: string) => beat(s, { action: 'x' })],
    ['a command', (s: string) => api.claim('p', s, s)],
    ['a command that is refused', (s: string) => api.call('POST', `/locks`, { body: { project_key: 'taken', session_id: s, resource: 'x' } })],
    ['a registration', (s: string) => api.done('POST', '/sessions', { session_id: s })],
  ])('is over with %s, and the log says so', async (_, act) => {
    const session = api.name('M/s');
    await api.call('POST', '/locks', { body: { project_key: 'taken', session_id: 'T', resource: 'x', ttl_hours: 0 } });
    await api.done('POST', '/sessions', { session_id: session });
    api.clock.advance(31 * MINUTE);
    await untilLogged(session, 'SessionLost');
    await act(session);
    expect(await look(session)).toMatchObject({ status: 'active', last_activity_at: now() });
    expect(await untilLogged(session, 'SessionResumed')).toMatchObject({ data: { after: 'lost', resumed_at: now() } });
  });
  test('of a session that acts in time is none', async () => {
    const [session, other] = [api.name('M/s'), api.name('M/o')];
    for (const session_id of [session, other]) await api.done('POST', '/sessions', { session_id });
    api.clock.advance(29 * MINUTE);
    await beat(session);
    await api.call('POST', '/locks/verify', { body: { project_key: 'p', resource: 'x', session_id: session, fence: 1 } });
    api.clock.advance(MINUTE);
    await untilLogged(other, 'SessionLost');
    expect(await typesOf(session)).not.toContain('SessionLost');
  });
});

describe('the end of a session', () => {
  test('releases what it holds in all projects, by events that follow from the end', async () => {
    const [session, p, q] = [api.name('M/s'), api.name('p'), api.name('q')];
    const mine = [await api.claim(p, session, 'a'), await api.claim(p, session, 'b', { ttl_hours: 0 }), await api.claim(q, session, 'a')];
    const other = await api.claim(p, 'B', 'c');
    const answer = await api.done('POST', `${pathOf(session)}/end`, { reason: 'done for today' });
    expect(answer).toMatchObject({ status: 'ended', ended_at: now(), locks: [] });
    expect(await look(session)).toEqual(answer);
    for (const { id } of mine) expect((await api.get(`/locks/${id}`)).body).toMatchObject({ status: 'released', ended_by: session });
    expect((await api.get(`/locks/${other.id}`)).body).toMatchObject({ status: 'active' });
    const end = (await eventsOf(session)).at(-1) as Json;
    expect(end).toMatchObject({ type: 'SessionEnded', actor: session, data: { reason: 'done for today' } });
    const [release] = await api.store.readStream(`lock-${q}`, { direction: 'backwards', limit: 1 });
    const [ended] = await api.store.readStream(`session-${session}`, { direction: 'backwards', limit: 1 });
    expect(release).toMatchObject({ type: 'LockReleased', metadata: { actor: null, causation_id: ended?.id } });
  });
  test('comes once, and the second time is no sign of life', async () => {
    const session = api.name('M/s');
    await api.done('POST', '/sessions', { session_id: session });
    await api.done('POST', `${pathOf(session)}/end`);
    const { ended_at } = await look(session);
    api.clock.advance(MINUTE);
    expect(await api.call('POST', `${pathOf(session)}/end`, { headers: { 'Idempotency-Key': 'k' } })).toMatchObject({
      status: 200,
      body: { ended_at },
    });
    expect(await look(session)).toMatchObject({ status: 'ended', ended_at, last_activity_at: ended_at });
    expect((await typesOf(session)).filter((type) => type === 'SessionEnded')).toHaveLength(1);
  });
  test('of a session that no one knows is refused', async () => {
    expect((await api.call('POST', '/sessions/nobody/end')).status).toBe(404);
    expect((await api.get('/sessions/nobody')).status).toBe(404);
    expect((await api.get('/sessions/nobody/heartbeats')).status).toBe(404);
  });
  test('is over when it acts again, be it at once, and the log says so', async () => {
    const session = api.name('M/s');
    await api.claim('p', session, `${session}1`);
    await api.done('POST', `${pathOf(session)}/end`);
    const lock = await api.claim('p', session, `${session}2`);
    expect(await look(session)).toMatchObject({ status: 'active', ended_at: null, locks: [{ id: lock.id }] });
    expect((await eventsOf(session)).at(-1)).toMatchObject({ type: 'SessionResumed', data: { after: 'ended' } });
  });
  test('whose process died before the releases is finished all the same, and releases nothing that was claimed since', async () => {
    const [session, p] = [api.name('M/s'), api.name('p')];
    const before = await api.claim(p, session, 'a');
    const metadata = { actor: session, at: now(), project_key: p, causation_id: null, correlation_id: null, schema: 1 };
    const data = { session_id: session, project_key: p, ended_at: now(), reason: null };
    const id = '00000000-0000-7000-8000-000000000001';
    await api.store.append([{ stream: `session-${session}`, expected: 0, events: [{ id, type: 'SessionEnded', data, metadata }] }]);
    const since = await api.claim(p, session, 'b');
    await until('the lock is released', async () => String((await api.get(`/locks/${before.id}`)).body.status) === 'released');
    expect((await api.get(`/locks/${since.id}`)).body).toMatchObject({ status: 'active' });
    expect(await untilLogged(session, 'SessionResumed')).toMatchObject({ data: { after: 'ended' } });
  });
});

test('the list goes page by page, those that came last first', async () => {
  const p = api.name('p');
  const names = ['a', 'b', 'c'].map((name) => `${p}/${name}`);
  for (const session_id of names) await api.done('POST', '/sessions', { session_id, project_key: p });
  const first = await api.done('GET', `/sessions?project_key=${p}&limit=2`);
  const second = await api.done('GET', `/sessions?project_key=${p}&limit=2&cursor=${first.next_cursor}`);
  expect([...listOf(first.items), ...listOf(second.items)].map(({ session_id }) => session_id)).toEqual(names.reverse());
  expect(second.next_cursor).toBeNull();
});
