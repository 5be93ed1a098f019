import { given } from '../testing/given';
import { lockDecider } from './lock.decider';
import { claimed, HOUR, NOON, released } from './testing/locks';

const verify = (resource: string, more: object = {}) => ({ type: 'VerifyFence' as const, resource, session_id: 'A', fence: 1, now: NOON, ...more });
const check = (more: object = {}) => ({
  type: 'CheckFence' as const,
  lock_id: 'l1',
  resource: 'src/a.ts',
  session_id: 'A',
  fence: 1,
  now: NOON,
  ...more,
});
const takenOver = [claimed(), released(), claimed({ lock_id: 'l2', session_id: 'B', fence: 2 })];

describe('a fence is verified', () => {
  test.each([
    ['src', 'src/a.ts'],
    ['src', 'src/**/*.ts'],
    ['src/*.ts', 'src/a.ts'],
    ['src/*.ts', 'src/*.ts'],
    ['src/**', 'src/x/*.ts'],
    ['db:users', 'db:users'],
  ])('by a lock on %s for %s', (held, asked) => {
    given(lockDecider, [claimed({ resource: held })])
      .when(verify(asked))
      .thenEvents([]);
  });
  test.each([
    ['src/a.ts', 'src'],
    ['src/*.ts', 'src'],
    ['src/*.ts', 'src/*'],
    ['src/*.ts', 'src/a.md'],
    ['src', 'srcs/a.ts'],
    ['db:users', 'db:users:1'],
  ])('not by a lock on %s for %s, of which it covers a part at most', (held, asked) => {
    given(lockDecider, [claimed({ resource: held })])
      .when(verify(asked))
      .thenRefused({ problem: 'fence-superseded', fence: 1, current_fence: null });
  });
  test('not once another grant has followed, which is named', () => {
    given(lockDecider, takenOver).when(verify('src/a.ts')).thenRefused({ problem: 'fence-superseded', fence: 1, current_fence: 2 });
  });
  test('not for another session that has copied it', () => {
    given(lockDecider, [claimed()])
      .when(verify('src/a.ts', { session_id: 'B' }))
      .thenRefused({ problem: 'fence-superseded', fence: 1, current_fence: 1 });
  });
  test.each([
    ['of another session', [claimed({ session_id: 'B' })], 'src/a.ts', 1, 'Fence 1 is that of B, who holds src/a.ts; the current fence is 1'],
    ['that was never granted', [claimed()], 'src/a.ts', 2, 'No lock of this project was ever granted fence 2; the current fence is 1'],
    [
      'whose lock covers a part',
      [claimed()],
      '**',
      1,
      'Fence 1 covers src/a.ts, which is only a part of the resource; no one else holds any of the resource',
    ],
    [
      'whose lock has ended',
      [claimed(), released()],
      'src/a.ts',
      1,
      'A holds nothing under fence 1 that covers the resource; no one else holds any of the resource',
    ],
    [
      'whose lock is elsewhere',
      [claimed()],
      'docs',
      1,
      'A holds nothing under fence 1 that covers the resource; no one else holds any of the resource',
    ],
    ['that was taken over', takenOver, 'src/a.ts', 1, 'A holds nothing under fence 1 that covers the resource; the current fence is 2'],
  ])('and for one %s it is said so', (_, events, resource, fence, why) => {
    given(lockDecider, events).when(verify(resource, { fence })).thenRefused({ problem: 'fence-superseded', why });
  });
  test('until the instant of expiry, and not then', () => {
    const end = NOON + 2 * HOUR;
    given(lockDecider, [claimed()])
      .when(verify('src/a.ts', { now: end - 1 }))
      .thenEvents([]);
    given(lockDecider, [claimed()])
      .when(verify('src/a.ts', { now: end }))
      .thenRefused({ problem: 'fence-superseded', current_fence: null });
  });
  test('not for what is no resource', () => {
    given(lockDecider, [claimed()])
      .when(verify('..'))
      .thenRefused({ problem: 'invalid-request', errors: [{ field: 'resource' }] });
  });
});

describe('a write under a lock and its fence', () => {
  test('passes while the lock is live, also when no session is named', () => {
    given(lockDecider, [claimed()]).when(check()).thenEvents([]);
    given(lockDecider, [claimed()])
      .when(check({ session_id: null }))
      .thenEvents([]);
  });
  test.each([
    ['the lock has ended', [claimed(), released()], {}, null, 'The lock that the write names has ended; no one else holds any of the resource'],
    ['another session has it now', takenOver, {}, 2, 'The lock that the write names has ended; the current fence is 2'],
    ['the fence is not that of the lock', [claimed()], { fence: 7 }, 1, 'The lock that the write names has fence 1, not 7; the current fence is 1'],
    ['the lock is another session’s', [claimed()], { session_id: 'B' }, 1, 'The lock that the write names is that of A; the current fence is 1'],
    [
      'it expires in this instant',
      [claimed()],
      { now: NOON + 2 * HOUR },
      null,
      'The lock that the write names has ended; no one else holds any of the resource',
    ],
  ])('is refused when %s', (_, events, more, current_fence, why) => {
    given(lockDecider, events).when(check(more)).thenRefused({ problem: 'fence-superseded', current_fence, why });
  });
});
