import { given } from '../testing/given';
import type { LockCommand } from './lock.commands';
import { lockDecider } from './lock.decider';
import { claimed, expired, HOUR, iso, NOON, released, renewed } from './testing/locks';

const EXPIRY = NOON + 2 * HOUR;
const on = (type: 'RenewLock' | 'ReleaseLock' | 'BreakLock', session_id: string, more: object = {}) =>
  ({ type, lock_id: 'l1', session_id, reason: null, now: NOON, ...more }) as LockCommand;
const second = { lock_id: 'l2', resource: 'x', fence: 2 };

describe('renewing', () => {
  test('counts from now and keeps mode, description and length', () => {
    const terms = { mode: 'shared', description: 'why', ttl_hours: 0.5 } as const;
    given(lockDecider, [claimed(terms)])
      .when(on('RenewLock', 'A', { now: NOON + 60_000 }))
      .thenEvents([renewed({ ...terms, expires_at: '2026-05-12T12:31:00.000Z', renewed_at: '2026-05-12T12:01:00.000Z' })]);
  });
  test('with 0 hours takes the expiry away', () => {
    given(lockDecider, [claimed()])
      .when(on('RenewLock', 'A', { ttl_hours: 0 }))
      .thenEvents([renewed({ ttl_hours: 0, expires_at: null })]);
  });
  test('is for the holder alone', () => {
    given(lockDecider, [claimed()])
      .when(on('RenewLock', 'B'))
      .thenRefused({ problem: 'not-lock-owner', to: 'renew', lock: { id: 'l1' } });
  });
  test('comes too late at the instant of expiry', () => {
    given(lockDecider, [claimed()])
      .when(on('RenewLock', 'A', { now: EXPIRY }))
      .thenRefused({ problem: 'lock-ended', lock: { status: 'expired', ended_at: iso(EXPIRY) } });
    given(lockDecider, [claimed()])
      .when(on('RenewLock', 'B', { now: EXPIRY }))
      .thenRefused({ problem: 'lock-ended' });
    given(lockDecider, [claimed()])
      .when(on('RenewLock', 'A', { now: EXPIRY - 1 }))
      .thenEvents([renewed({ expires_at: iso(EXPIRY - 1 + 2 * HOUR), renewed_at: iso(EXPIRY - 1) })]);
  });
  test('moves the expiry for everyone who looks', () => {
    const longer = renewed({ expires_at: iso(EXPIRY + HOUR) });
    given(lockDecider, [claimed(), longer]).when({ type: 'ExpireLocks', now: EXPIRY }).thenEvents([]);
  });
});

describe('releasing', () => {
  const seen = (last_activity_at: string | null) => ({ holder: { last_activity_at, stale_after: HOUR } });
  const later = NOON + 1.5 * HOUR;

  test('ends the lock of the holder', () => {
    given(lockDecider, [claimed()])
      .when(on('ReleaseLock', 'A', { reason: 'done' }))
      .thenEvents([released({ reason: 'done' })]);
  });
  test('is refused to another session without evidence', () => {
    given(lockDecider, [claimed()]).when(on('ReleaseLock', 'B')).thenRefused({ problem: 'not-lock-owner' });
  });
  test('of a stale lock by another session records who, why, and what was seen of the holder', () => {
    given(lockDecider, [claimed()])
      .when(on('ReleaseLock', 'B', { reason: 'gone', now: later, ...seen(iso(NOON + 60_000)) }))
      .thenEvents([released({ ended_at: iso(later), ended_by: 'B', reason: 'gone', stale: { last_activity_at: iso(NOON + 60_000) } })]);
  });
  test.each([
    ['the holder was active', [claimed()], iso(later - HOUR + 1)],
    ['the lock was renewed', [claimed(), renewed({ expires_at: null, renewed_at: iso(later - HOUR + 1) })], null],
    ['the lock is young', [claimed({ acquired_at: iso(later - HOUR + 1) })], null],
  ])('is refused to another session as long as %s', (_, events, sign) => {
    given(lockDecider, events)
      .when(on('ReleaseLock', 'B', { now: later, ...seen(sign) }))
      .thenRefused({ problem: 'not-lock-owner' });
  });
  test('becomes possible at the instant at which the lock is stale', () => {
    const { decision } = given(lockDecider, [claimed()]).when(on('ReleaseLock', 'B', { now: NOON + HOUR, ...seen(null) }));
    expect(decision).toMatchObject([{ type: 'LockReleased', data: { stale: { last_activity_at: null } } }]);
  });
  test('of what has expired puts the expiry on record instead, whoever asks', () => {
    for (const session of ['A', 'B'])
      given(lockDecider, [claimed()])
        .when(on('ReleaseLock', session, { now: EXPIRY }))
        .thenEvents([expired()]);
  });
  test('of what has ended finds nothing', () => {
    given(lockDecider, [claimed(), released()]).when(on('ReleaseLock', 'A')).thenRefused({ problem: 'not-found' });
  });
  test('all ends what the session holds and nothing else, in the order of the grants', () => {
    const ofB = claimed({ lock_id: 'l3', session_id: 'B', resource: 'y', fence: 3 });
    given(lockDecider, [claimed({ expires_at: iso(NOON) }), claimed(second), ofB])
      .when({ type: 'ReleaseAllLocks', session_id: 'A', reason: 'end', now: NOON })
      .thenEvents([expired({ ended_at: iso(NOON) }), released({ ...second, reason: 'end' })]);
  });
  test('all may be but some of them', () => {
    given(lockDecider, [claimed(), claimed(second)])
      .when({ type: 'ReleaseAllLocks', session_id: 'A', reason: 'end', only: ['l2', 'l7'], now: NOON })
      .thenEvents([released({ ...second, reason: 'end' })]);
  });
  test('all of nothing is nothing', () => {
    given(lockDecider, []).when({ type: 'ReleaseAllLocks', session_id: 'A', reason: null, now: NOON }).thenEvents([]);
  });
});

describe('breaking', () => {
  test('ends the lock of another session, with the reason', () => {
    const { stale: _, ...end } = released({ ended_by: 'boss', reason: 'urgent' }).data;
    given(lockDecider, [claimed()])
      .when(on('BreakLock', 'boss', { reason: 'urgent' }))
      .thenEvents([{ type: 'LockBroken', data: end }]);
  });
  test('what has expired records that it has', () => {
    given(lockDecider, [claimed()])
      .when(on('BreakLock', 'boss', { reason: 'urgent', now: EXPIRY }))
      .thenEvents([expired()]);
  });
});

describe('the sweep', () => {
  test('records what has run out by now and leaves the rest', () => {
    const events = [claimed(second), claimed(), claimed({ lock_id: 'l3', resource: 'y', fence: 3, expires_at: iso(EXPIRY + 1) })];
    given(lockDecider, events)
      .when({ type: 'ExpireLocks', now: EXPIRY })
      .thenEvents([expired(), expired(second)]);
  });
  test('never ends a lock without expiry', () => {
    given(lockDecider, [claimed({ ttl_hours: 0, expires_at: null })])
      .when({ type: 'ExpireLocks', now: NOON + 1e12 })
      .thenEvents([]);
  });
});
