import { bySessionName, type SessionEvent, sayingNothing } from '@coord/domain/session/index';
import { locksProjection } from '../locks/index';
import { History, id, iso, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import {
  findSession,
  isKnown,
  lastEnd,
  listHeartbeats,
  listSessions,
  liveSessions,
  recentNames,
  returnedSessions,
  type SessionQuery,
  sessionsProjection,
  silentSessions,
  unfinishedEnds,
  unregistered,
} from './index';

const something = { type: 'SomethingDone', data: {} };
const registered = (session: string, project: string | null, at: number): SessionEvent => ({
  type: 'SessionRegistered',
  data: { ...bySessionName(session, project), registered_at: iso(at) },
});
const about = (session_id: string) => ({ session_id, project_key: 'p' });
const heartbeat = (session: string, at: number, action: string): SessionEvent => ({
  type: 'SessionHeartbeat',
  data: { ...about(session), at: iso(at), ...sayingNothing, action },
});
const ended = (session: string, at: number): SessionEvent => ({ type: 'SessionEnded', data: { ...about(session), ended_at: iso(at), reason: null } });
const lost = (session: string, at: number): SessionEvent => ({
  type: 'SessionLost',
  data: { ...about(session), lost_at: iso(at), last_activity_at: iso(at) },
});
const resumed = (session: string, at: number, after: 'ended' | 'lost'): SessionEvent => ({
  type: 'SessionResumed',
  data: { ...about(session), resumed_at: iso(at), after },
});
const claimed = (n: number, session_id: string, project_key: string) => ({
  type: 'LockClaimed',
  data: {
    ...{ lock_id: id(n), project_key, session_id, resource: `r${n}`, fence: n, mode: 'exclusive', description: null, ttl_hours: 0 },
    ...{ acquired_at: iso(NOON), expires_at: null },
  },
});

let readModel: ReadModel;
afterEach(() => readModel.close());

/** A read model after this history. */
async function after(write: (history: History) => void): Promise<ReadModel['sql']> {
  readModel = await ReadModel.of(sessionsProjection, locksProjection);
  const history = new History();
  write(history);
  await readModel.apply(history.events);
  return readModel.sql;
}
const names = (rows: readonly { session_id: string }[]) => rows.map(({ session_id }) => session_id);
const asked = (more: Partial<SessionQuery> = {}): SessionQuery => ({
  limit: 10,
  idleSince: new Date(NOON),
  lostSince: new Date(NOON - 1_000),
  ...more,
});

describe('sessions that have acted', () => {
  const some = () =>
    after((history) => {
      history.append('x', [something], { actor: 'M/a', at: NOON, project_key: 'p' });
      history.append('session-M/a', [registered('M/a', 'p', NOON)], { actor: 'M/a', at: NOON });
      history.append('x', [something], { actor: 'M/b', at: NOON + 2_000, project_key: 'q' });
      history.append('x', [something], { actor: 'M/a', at: NOON + 1_000, project_key: 'q' });
      history.append('x', [something], { actor: null, at: NOON + 9_000 });
    });

  test('appear with their first event, with the last sign of them, and keep their project', async () => {
    const sql = await some();
    expect(await liveSessions(sql, undefined, 10)).toMatchObject([
      { session_id: 'M/b', project_key: 'q', registered_at: new Date(NOON + 2_000), last_activity_at: new Date(NOON + 2_000) },
      { session_id: 'M/a', project_key: 'p', machine: 'M', registered_at: new Date(NOON), last_activity_at: new Date(NOON + 1_000) },
    ]);
  });
  test('without being registered are found', async () => {
    expect(await unregistered(await some(), 10)).toEqual([{ session_id: 'M/b', project_key: 'q', registered_at: new Date(NOON + 2_000) }]);
  });
  test('are known, and named latest sign first', async () => {
    const sql = await some();
    expect([await isKnown(sql, 'M/b'), await isKnown(sql, 'M/c')]).toEqual([true, false]);
    expect(await recentNames(sql, 10)).toEqual(['M/b', 'M/a']);
  });
  test('and gave a sign beside the log come by that', async () => {
    const sql = await some();
    await readModel.note('M/a', NOON + 5_000);
    expect(await liveSessions(sql, undefined, 10)).toMatchObject([
      { session_id: 'M/a', last_activity_at: new Date(NOON + 5_000) },
      { session_id: 'M/b' },
    ]);
  });
});

test('a session is in the project that it named, where it acted last, and where it holds a lock', async () => {
  const sql = await after((history) => {
    history.append('s', [registered('named', 'p', NOON)], { actor: 'named', at: NOON });
    history.append('s', [registered('acted', 'q', NOON)], { actor: 'acted', at: NOON });
    history.append('x', [something], { actor: 'acted', at: NOON + 1, project_key: 'p' });
    history.append('l', [claimed(1, 'holds', 'p')], { actor: 'holds', at: NOON, project_key: 'p' });
    history.append('x', [something], { actor: 'holds', at: NOON + 1, project_key: 'q' });
    history.append('x', [something], { actor: 'was there', at: NOON, project_key: 'p' });
    history.append('s', [registered('was there', 'q', NOON)], { actor: 'was there', at: NOON });
  });
  expect(names(await listSessions(sql, asked({ projectKey: 'p' })))).toEqual(['holds', 'acted', 'named']);
  expect(names(await liveSessions(sql, 'p', 10)).sort()).toEqual(['acted', 'holds', 'named']);
});

test('sessions are listed by status, latest first, page by page', async () => {
  const sql = await after((history) => {
    const lastSigns = { old: NOON - 5_000, quiet: NOON - 500, busy: NOON + 1, gone: NOON - 600, back: NOON - 700 };
    for (const [session, at] of Object.entries(lastSigns)) {
      history.append(session, [registered(session, 'p', at)], { actor: session, at });
    }
    history.append('gone', [ended('gone', NOON)], { actor: 'gone', at: NOON });
    history.append('back', [ended('back', NOON)], { actor: 'back', at: NOON });
  });
  await readModel.note('back', NOON + 1);
  const of = async (status: SessionQuery['status']) => names(await listSessions(sql, asked({ status })));
  expect(await of('active')).toEqual(['back', 'busy']);
  expect(await of('idle')).toEqual(['quiet']);
  expect(await of('lost')).toEqual(['old']);
  expect(await of('ended')).toEqual(['gone']);
  const first = await listSessions(sql, asked({ limit: 2 }));
  expect(names(first)).toEqual(['back', 'gone']);
  expect(names(await listSessions(sql, asked({ limit: 2, before: Number(first[1]?.position) })))).toEqual(['busy', 'quiet']);
});

test('what a session says is kept, latest first, and the last of it shown', async () => {
  const sql = await after((history) => {
    history.append('s', [registered('a', null, NOON), heartbeat('a', NOON, 'one'), heartbeat('a', NOON + 1, 'two')], { actor: 'a' });
  });
  expect(await findSession(sql, 'a')).toMatchObject({ project_key: 'p', heartbeat: { at: iso(NOON + 1), action: 'two', progress: null } });
  const rows = await listHeartbeats(sql, 'a', undefined, 10);
  expect(rows.map(({ action }) => action)).toEqual(['two', 'one']);
  expect((await listHeartbeats(sql, 'a', Number(rows[0]?.position), 10)).map(({ action }) => action)).toEqual(['one']);
});

describe('a session that has ended', () => {
  const over = (more: (history: History) => void = () => {}) =>
    after((history) => {
      history.append('l', [claimed(1, 'a', 'p')], { actor: 'a' });
      history.append('session-a', [registered('a', 'p', NOON), ended('a', NOON)], { actor: 'a' });
      more(history);
    });

  test('is live no more', async () => {
    const sql = await over();
    expect(await findSession(sql, 'a')).toMatchObject({ ended_at: new Date(NOON) });
    expect(await liveSessions(sql, undefined, 10)).toEqual([]);
    expect(await returnedSessions(sql, new Date(0), 10)).toEqual([]);
  });
  test('is there again when it acts, be it in the same instant', async () => {
    const sql = await over((history) => history.append('x', [something], { actor: 'a' }));
    expect(names(await liveSessions(sql, undefined, 10))).toEqual(['a']);
    expect(names(await returnedSessions(sql, new Date(NOON), 10))).toEqual(['a']);
  });
  test('is there again by a sign beside the log', async () => {
    const sql = await over();
    await readModel.note('a', NOON + 1);
    expect(await findSession(sql, 'a')).toMatchObject({ ended_at: null });
    expect(await returnedSessions(sql, new Date(NOON), 10)).toMatchObject([{ session_id: 'a', resumed_at: new Date(NOON + 1) }]);
    expect(await returnedSessions(sql, new Date(NOON + 1), 10)).toEqual([]);
  });
  test('does not come back by a key that is remembered for ending again', async () => {
    const sql = await over((history) => history.append('session-a', [{ type: 'IdempotencyKeyRemembered', data: {} }], { actor: 'a', at: NOON + 1 }));
    expect(await findSession(sql, 'a')).toMatchObject({ ended_at: new Date(NOON) });
  });
  test('is not missed any more once the log says that it is back', async () => {
    const sql = await over((history) => history.append('session-a', [resumed('a', NOON + 5, 'ended')]));
    expect(await findSession(sql, 'a')).toMatchObject({ ended_at: null, last_activity_at: new Date(NOON + 5) });
    expect(await returnedSessions(sql, new Date(0), 10)).toEqual([]);
  });
  test('is found as long as it holds what it claimed before', async () => {
    const sql = await over((history) => history.append('l', [claimed(2, 'a', 'p')], { actor: 'a' }));
    const [end] = await unfinishedEnds(sql, 0, 10);
    expect(end).toEqual({ session_id: 'a', event_id: id(3), position: 3 });
    expect(await lastEnd(sql, 'a')).toEqual(end);
    expect(await unfinishedEnds(sql, 3, 10)).toEqual([]);
  });
  test('and holds nothing is not', async () => {
    const release = { ...claimed(1, 'a', 'p').data, ended_at: iso(NOON), ended_by: 'a', reason: null };
    expect(await unfinishedEnds(await over((history) => history.append('l', [{ type: 'LockReleased', data: release }])), 0, 10)).toEqual([]);
  });
});

describe('a silent session', () => {
  const silent = (more: (history: History) => void = () => {}) =>
    after((history) => {
      history.append('session-a', [registered('a', 'p', NOON)], { actor: 'a' });
      more(history);
    });

  test('is found from the moment on', async () => {
    const sql = await silent();
    expect(await silentSessions(sql, new Date(NOON - 1), 10)).toEqual([]);
    expect(await silentSessions(sql, new Date(NOON), 10)).toEqual([{ session_id: 'a', last_activity_at: new Date(NOON) }]);
  });
  test('is not when it gave a sign beside the log', async () => {
    const sql = await silent();
    await readModel.note('a', NOON + 1);
    expect(await silentSessions(sql, new Date(NOON), 10)).toEqual([]);
  });
  test('is not once the log says that it is lost', async () => {
    expect(await silentSessions(await silent((history) => history.append('session-a', [lost('a', NOON)])), new Date(NOON), 10)).toEqual([]);
  });
  test('has returned when it acted just before the log said that it was lost', async () => {
    const sql = await silent((history) => {
      history.append('x', [something], { actor: 'a', at: NOON + 1 });
      history.append('session-a', [lost('a', NOON)]);
    });
    expect(names(await returnedSessions(sql, new Date(NOON + 5), 10))).toEqual(['a']);
  });
});
