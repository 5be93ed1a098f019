import { claimed, HOUR, iso, NOON, released, renewed } from '@coord/domain/lock/testing/locks';
import { sessionsProjection } from '../sessions/index';
import { History, id } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { type LockQuery, lastActivityOf, listLocks, locksByIds, locksProjection, projectsHeldBy, projectsWithExpired } from './index';

const STALE = HOUR;
const lock = (n: number, more: Parameters<typeof claimed>[0] = {}) => claimed({ lock_id: id(n), resource: `r${n}`, fence: n, ...more });

let readModel: ReadModel;
beforeAll(async () => {
  readModel = await ReadModel.of(locksProjection, sessionsProjection);
  const history = new History();
  history.append('lock-p', [lock(1, { resource: 'src' })], { actor: 'A' });
  history.append('lock-p', [lock(2, { resource: 'src/a.ts', session_id: 'B', expires_at: iso(NOON + 0.5 * HOUR) })], { actor: 'B' });
  history.append('lock-q', [lock(3, { project_key: 'q', ttl_hours: 0, expires_at: null })], { actor: 'A' });
  history.append('lock-p', [lock(4, { resource: '*/b.ts' }), lock(5, { resource: 'srcs' }), lock(6, { session_id: 'C', resource: 'db:src' })], {
    actor: 'A',
  });
  history.append('lock-p', [released({ lock_id: id(5), reason: 'done' })], { actor: 'A', at: NOON + 60_000 });
  history.append('lock-p', [renewed({ lock_id: id(4), mode: 'shared', expires_at: iso(NOON + 3 * HOUR), renewed_at: iso(NOON + HOUR) })], {
    at: NOON + HOUR,
  });
  await readModel.apply(history.events, [3]);
  await readModel.note('C', NOON + 1.5 * HOUR);
});
afterAll(() => readModel.close());

const list = async (more: Partial<LockQuery> = {}, now = NOON) =>
  (await listLocks(readModel.sql, { limit: 500, now: new Date(now), staleBefore: new Date(now - STALE), ...more })).map((row) => Number(row.fence));

describe('locks are listed', () => {
  test('oldest first, without those that have ended', async () => expect(await list()).toEqual([1, 2, 3, 4, 6]));
  test('with those that have ended, when asked for', async () => expect(await list({ includeInactive: true })).toEqual([1, 2, 3, 4, 5, 6]));
  test.each([
    ['project', { projectKey: 'q' }, [3]],
    ['session', { sessionId: 'A' }, [1, 3, 4]],
    ['project and session', { projectKey: 'p', sessionId: 'B' }, [2]],
  ])('by %s', async (_, query, fences) => expect(await list(query)).toEqual(fences));
  test('page by page', async () => {
    const first = await listLocks(readModel.sql, { limit: 2, now: new Date(NOON), staleBefore: new Date(0) });
    expect(await list({ after: Number(first.at(-1)?.position), limit: 2 })).toEqual([3, 4]);
  });
  test.each([
    ['src', [1, 2, 4]],
    ['src/a.ts/x', [1, 2, 4]],
    ['srcs', [4]],
    ['', [1, 2, 4, 6]],
    ['db:src', [4, 6]],
  ])('as candidates for an overlap with the prefix %j', async (prefix, fences) => expect(await list({ projectKey: 'p', prefix })).toEqual(fences));
  test('until the instant at which they expire, on record or not', async () => {
    expect(await list({ projectKey: 'p' }, NOON + 0.5 * HOUR - 1)).toContain(2);
    expect(await list({ projectKey: 'p' }, NOON + 0.5 * HOUR)).not.toContain(2);
  });
  test('as stale from the instant on at which their holder was silent for long enough', async () => {
    const [before, at] = [NOON + 60_000 + HOUR - 1, NOON + 60_000 + HOUR];
    expect(await list({ stale: true }, before)).toEqual([]);
    expect(await list({ stale: true }, at)).toEqual([1, 3]); // 4 was renewed since, 6's holder noted beside the log
    expect(await list({ stale: false }, at)).toEqual([4, 6]);
  });
});

test('a lock shows its terms, its end, and the last sign of its holder', async () => {
  const [four, five, six] = await locksByIds(readModel.sql, [id(4), id(5), id(6), id(99)]);
  expect(four).toMatchObject({ mode: 'shared', renewed_at: new Date(NOON + HOUR), last_activity_at: new Date(NOON + HOUR), status: 'active' });
  expect(five).toMatchObject({ status: 'released', ended_by: 'A', end_reason: 'done' });
  expect(six).toMatchObject({ last_activity_at: new Date(NOON + 1.5 * HOUR) });
});

test('the last sign of a session comes from the log or from beside it, whichever is later', async () => {
  expect(await lastActivityOf(readModel.sql, ['A', 'B', 'C', 'nobody'])).toEqual(
    new Map([
      ['A', iso(NOON + 60_000)],
      ['B', iso(NOON)],
      ['C', iso(NOON + 1.5 * HOUR)],
    ]),
  );
});

test('projects are found by who holds locks in them, and by what has run out there', async () => {
  expect((await projectsHeldBy(readModel.sql, 'A')).sort()).toEqual(['p', 'q']);
  expect(await projectsHeldBy(readModel.sql, 'C')).toEqual(['p']);
  expect(await projectsWithExpired(readModel.sql, new Date(NOON + 0.5 * HOUR - 1))).toEqual([]);
  expect(await projectsWithExpired(readModel.sql, new Date(NOON + 0.5 * HOUR))).toEqual(['p']);
});
