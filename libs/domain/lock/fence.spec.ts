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
    ['the lock has ended', [claimed(), released()], {}, null],
    ['another session has it now', takenOver, {}, 2],
    ['the fence is not that of the lock', [claimed()], { fence: 7 }, 1],
    ['the lock is another session’s', [claimed()], { session_id: 'B' }, 1],
    ['the lock expires in this instant', [claimed()], { now: NOON + 2 * HOUR }, null],
  ])('is refused when %s', (_, events, more, current_fence) => {
    given(lockDecider, events).when(check(more)).thenRefused({ problem: 'fence-superseded', current_fence });
  });
});
