import { Api, idsOf, listOf } from '../../../../test/support/api';
import { until } from '../../../../test/support/until';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let api: Api;
beforeAll(async () => {
  api = await Api.start({ COORD_STALE_AFTER: '2h', COORD_LOST_AFTER: '3h' });
});
afterAll(() => api.close());

describe('a lock whose holder is silent', () => {
  test('is stale from the instant on at which it was silent for COORD_STALE_AFTER, and may then be released by anyone', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, `M/${p}`, 'a', { ttl_hours: 0 });
    api.clock.advance(2 * HOUR - 1);
    expect((await api.call('DELETE', `/locks/${lock.id}?session_id=other`)).body).toMatchObject({ type: 'urn:coord:problem:not-lock-owner' });
    expect((await api.get(`/locks/${lock.id}`)).body.stale).toBe(false);
    api.clock.advance(1);
    expect(idsOf((await api.get(`/locks?project_key=${p}&stale=true`)).body)).toEqual([lock.id]);
    expect((await api.get(`/status?project_key=${p}`)).body).toMatchObject({ locks: [{ id: lock.id }], stale_locks: [{ id: lock.id }] });
    expect(await api.done('DELETE', `/locks/${lock.id}?session_id=other&reason=gone`)).toMatchObject({ status: 'released', ended_by: 'other' });
    const history = await api.done('GET', `/history?project_key=${p}&type=LockReleased`);
    expect(history).toMatchObject([{ actor: 'other', data: { reason: 'gone', stale: { last_activity_at: lock.acquired_at } } }]);
  });
  test('is not stale while the session does anything, be it refused', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, `M/${p}`, 'a', { ttl_hours: 0 });
    await api.claim(p, 'other', 'taken', { ttl_hours: 0 });
    api.clock.advance(1.5 * HOUR);
    expect(await api.call('POST', '/locks', { body: { project_key: p, session_id: `M/${p}`, resource: 'taken' } })).toMatchObject({ status: 409 });
    api.clock.advance(HOUR);
    expect((await api.get(`/locks/${lock.id}`)).body).toMatchObject({ stale: false, last_activity_at: '2026-05-12T15:30:00.000Z' });
  });
});

describe('an expired lock', () => {
  test('is free and shown as expired at once, and on record soon', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a', { ttl_hours: 0.5 });
    api.clock.advance(30 * MINUTE);
    const seen = (await api.get(`/locks/${lock.id}`)).body;
    expect(seen).toMatchObject({ status: 'expired', ended_at: lock.expires_at, ended_by: null, ttl_remaining_ms: null, stale: false });
    const [event] = await until('the expiry is in the log', async () => {
      const events = listOf((await api.get(`/history?project_key=${p}&type=LockExpired`)).body);
      return events.length > 0 && events;
    });
    expect(event).toMatchObject({ actor: null, data: { lock_id: lock.id, ended_at: lock.expires_at } });
  });
  test('can not be renewed, and releasing it changes nothing', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a', { ttl_hours: 0.5 });
    api.clock.advance(30 * MINUTE);
    expect((await api.call('POST', `/locks/${lock.id}/renew`, { body: { session_id: 'A' } })).body).toMatchObject({
      ...{ type: 'urn:coord:problem:lock-ended', lock: { id: lock.id, status: 'expired' } },
    });
    expect(await api.done('DELETE', `/locks/${lock.id}?session_id=A`)).toMatchObject({ status: 'expired' });
    expect(await api.done('GET', `/history?project_key=${p}`)).toHaveLength(2);
  });
  test('has expired by itself, whoever came upon it', async () => {
    const p = api.name('p');
    await api.claim(p, 'A', 'a', { ttl_hours: 0.5 });
    api.clock.advance(30 * MINUTE);
    await api.claim(p, 'B', 'a');
    expect(await api.done('GET', `/history?project_key=${p}&type=LockExpired`)).toMatchObject([{ actor: null }]);
  });
});

describe('a broadcast', () => {
  test('is unread for a week, and listed for ever', async () => {
    const { id } = await api.message('A', null);
    const unread = async () => idsOf((await api.get(`/messages?to_session=new&unread_only=true`)).body).includes(String(id));
    api.clock.advance(7 * 24 * HOUR - 1);
    expect(await unread()).toBe(true);
    expect((await api.get('/status?session_id=newer')).body.unread_messages).toBeGreaterThan(0);
    api.clock.advance(1);
    expect(await unread()).toBe(false);
    expect((await api.get('/status?session_id=newer')).body.unread_messages).toBe(0);
    expect(idsOf((await api.get('/messages?to_session=new')).body)).toContain(id);
  });
});

test('a session is active, then idle, then lost', async () => {
  const p = api.name('p');
  await api.claim(p, `M/${p}`, 'a', { ttl_hours: 0 });
  const status = async () => (await api.get(`/status?project_key=${p}`)).body.sessions?.[0]?.status;
  expect(await status()).toBe('active');
  api.clock.advance(5 * MINUTE - 1);
  expect(await status()).toBe('active');
  api.clock.advance(1);
  expect(await status()).toBe('idle');
  api.clock.advance(3 * HOUR - 5 * MINUTE - 1);
  expect(await status()).toBe('idle');
  api.clock.advance(1);
  expect(await status()).toBe('lost');
});

test('a key is forgotten after a day, on every kind of stream', async () => {
  const p = api.name('p');
  const writes = [
    () => api.call('POST', '/messages', { body: { from_session: 'A', subject: 's', body: 'b' }, headers: { 'Idempotency-Key': p } }),
    () => api.call('POST', '/locks', { body: { project_key: p, session_id: 'A', resource: 'x', ttl_hours: 1 }, headers: { 'Idempotency-Key': p } }),
  ];
  const first = await Promise.all(writes.map((write) => write()));
  api.clock.advance(24 * HOUR - 1);
  expect((await Promise.all(writes.map((write) => write()))).map(({ text }) => text)).toEqual(first.map(({ text }) => text));
  api.clock.advance(1);
  const second = await Promise.all(writes.map((write) => write()));
  expect(second.map(({ status }) => status)).toEqual([201, 201]);
  for (const [i, { body }] of second.entries()) expect(body.id).not.toBe(first[i]?.body.id);
  api.clock.advance(HOUR);
  expect((await Promise.all(writes.map((write) => write()))).map(({ text }) => text)).toEqual(second.map(({ text }) => text));
});
