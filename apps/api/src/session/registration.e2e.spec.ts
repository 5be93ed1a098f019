import { randomUUID } from 'node:crypto';
import { claimed } from '@coord/domain/lock/testing/locks';
import { StoreUnavailable } from '@coord/event-store/index';
import { Api, listOf } from '../../../../test/support/api';
import { until } from '../../../../test/support/until';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const registrations = async (session: string) =>
  listOf((await api.get('/history?type=SessionRegistered')).body).filter(({ stream }) => String(stream) === `session-${session}`);

test('the first command of a session registers it, once', async () => {
  const session = api.name('M/s');
  await Promise.all(['a', 'b', 'c'].map((resource) => api.claim('p', session, resource)));
  expect(await registrations(session)).toMatchObject([
    { actor: session, data: { session_id: session, machine: 'M', project_key: 'p', registered_at: '2026-05-12T12:00:00.000Z' } },
  ]);
});

test.each([
  ['a component', (s: string) => api.done('PUT', '/components', { project_key: 'p', component: s, state: 's', updated_by: s })],
  ['a message', (s: string) => api.message(s, null)],
  ['a batch of locks', (s: string) => api.done('POST', '/locks/batch', { project_key: 'p', session_id: s, resources: [s] })],
])('be it %s', async (_, command) => {
  const session = api.name('M/s');
  await command(session);
  expect(await registrations(session)).toHaveLength(1);
});

test('a session whose command was written by a process that died then is registered all the same', async () => {
  const session = api.name('M/s');
  const event = claimed({ lock_id: randomUUID(), project_key: 'orphaned', session_id: session, expires_at: null, ttl_hours: 0 });
  const metadata = { actor: session, at: '2026-05-12T12:00:00.000Z', project_key: 'orphaned', causation_id: null, correlation_id: null, schema: 1 };
  await api.store.append([{ stream: 'lock-orphaned', expected: 'none', events: [{ id: randomUUID(), ...event, metadata }] }]);
  const [registration] = await until('the session is registered', async () => {
    const found = await registrations(session);
    return found.length > 0 && found;
  });
  expect(registration).toMatchObject({ data: { session_id: session, project_key: 'orphaned' } });
});

test('a command that was written is answered so, though its session can not be registered yet', async () => {
  const session = api.name('M/s');
  const append = api.store.append.bind(api.store);
  api.store.append = (appends) =>
    appends.some(({ stream }) => stream === `session-${session}`) ? Promise.reject(new StoreUnavailable('none')) : append(appends);
  try {
    expect(await api.claim('p', session, session)).toMatchObject({ status: 'active' });
  } finally {
    api.store.append = append;
  }
  await until('the session is registered', async () => (await registrations(session)).length === 1);
});

test('a refused command leaves no event, and counts as activity', async () => {
  const session = api.name('M/s');
  await api.claim('refusing', session, 'mine');
  await api.claim('refusing', 'other', 'theirs');
  api.clock.advance(60_000);
  const before = await api.store.head();
  expect((await api.call('POST', '/locks', { body: { project_key: 'refusing', session_id: session, resource: 'theirs' } })).status).toBe(409);
  expect(await api.store.head()).toBe(before);
  expect(listOf((await api.get(`/locks?session_id=${session}`)).body)).toMatchObject([{ last_activity_at: '2026-05-12T12:01:00.000Z' }]);
});

test.each([
  ['that changes nothing', (s: string) => api.call('DELETE', '/locks', { body: { session_id: s, release_all: true, project_key: 'none' } })],
  ['that only asks', (s: string) => api.call('POST', '/locks/verify', { body: { project_key: 'p', resource: 'x', session_id: s, fence: 1 } })],
])('so does one %s', async (_, command) => {
  const session = api.name('M/s');
  const lock = await api.claim('p', session, session);
  api.clock.advance(60_000);
  await command(session);
  const { last_activity_at } = (await api.get(`/locks/${lock.id}`)).body;
  expect(last_activity_at).toBe(new Date(api.clock.now()).toISOString());
});

test('an addressee that no one has seen is told, with names like it, until it acts', async () => {
  const session = api.name('WORKSHOP/claude-main');
  await api.claim('p', session, session);
  expect(await api.message('A', session)).not.toHaveProperty('warning');
  expect(await api.message('A', `${session}x`)).toMatchObject({ warning: 'unknown session', similar: [session] });
});

describe('names like that of an addressee that no one has seen', () => {
  const similarTo = async (to: string) => (await api.message('A', to)).similar;

  test('are those of its sessions where it is a machine, the last seen first, and near ones', async () => {
    const machine = api.name('HOWARD-HOME');
    for (const session of [`${machine}/claude-main`, `${machine}/codex`, `${machine}s`]) {
      await api.claim('p', session, session);
      api.clock.advance(1_000);
    }
    expect(await similarTo(machine.toLowerCase())).toEqual([`${machine}/codex`, `${machine}/claude-main`, `${machine}s`]);
  });
  test.each(['All', 'all', 'Broadcast', 'FLEET', 'all_sessions'])('are everyone for %s', async (word) => {
    expect(await similarTo(word)).toEqual(['ALL_SESSIONS']);
  });
  test('are none that are not near', async () => {
    for (const session of ['s', 'S2']) await api.claim('p', session, session);
    expect([await similarTo('R'), await similarTo('R2')]).toEqual([[], []]);
    expect(await similarTo('s2')).toEqual(['S2']);
  });
});
