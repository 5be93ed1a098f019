import { given } from '../testing/given';
import type { LockCommand } from './lock.commands';
import { lockDecider } from './lock.decider';
import type { LockEvent } from './lock.events';
import { nextMoment } from './queue';
import { claim, claimed, expired, HOUR, iso, NOON, queued, released, renewed, withdrawn } from './testing/locks';

const EXPIRY = NOON + 2 * HOUR;
const MINUTE = 60_000;
/** A holds `src/a.ts`; B and then C wait for it. */
const B = queued({ request_id: 'rB', lock_id: 'lB', session_id: 'B' });
const C = queued({ request_id: 'rC', lock_id: 'lC', session_id: 'C' });
const grantTo = (session_id: string, more: Parameters<typeof claimed>[0] = {}): LockEvent => ({
  ...claimed({ lock_id: `l${session_id}`, session_id, fence: 2, request_id: `r${session_id}`, ...more }),
  actor: session_id,
});
const release = (lock_id = 'l1', session_id = 'A'): LockCommand => ({ type: 'ReleaseLock', lock_id, session_id, reason: null, now: NOON });
const waits = (request_id: string) => ({ wait: { request_id, until: NOON + MINUTE } });
const others = (decision: unknown, session: string) => (decision as LockEvent[]).filter(({ data }) => data.session_id === session);

describe('a claim that waits', () => {
  test('is granted at once where nothing is in the way', () => {
    given(lockDecider, [])
      .when(claim('A', 'src/a.ts', waits('r')))
      .thenEvents([claimed({ lock_id: 'n1' })]);
  });
  test('joins the queue behind a lock, and says until when', () => {
    given(lockDecider, [claimed()])
      .when(claim('B', './src//a.ts', { ...waits('rB'), description: 'why' }))
      .thenEvents([queued({ request_id: 'rB', lock_id: 'n1', session_id: 'B', description: 'why' })]);
  });
  test('is one request, however often it is made', () => {
    given(lockDecider, [claimed(), B])
      .when(claim('B', 'src/a.ts', waits('rB')))
      .thenEvents([]);
  });
  test('for a batch has an event for each resource', () => {
    given(lockDecider, [claimed()])
      .when(claim('B', ['x', 'src/a.ts', './x'], waits('rB')))
      .thenEvents([
        queued({ request_id: 'rB', lock_id: 'n1', session_id: 'B', resource: 'x' }),
        queued({ request_id: 'rB', lock_id: 'n2', session_id: 'B' }),
      ]);
  });
});

describe('whoever sets a resource free hands it on in the same decision', () => {
  const end = { ended_at: iso(NOON) };
  test('by a release, to the one who waits longest, whose doing the grant is', () => {
    given(lockDecider, [claimed(), B, C])
      .when(release())
      .thenEvents([released(end), grantTo('B')]);
  });
  test.each<[string, LockCommand]>([
    ['a release of all', { type: 'ReleaseAllLocks', session_id: 'A', reason: null, now: NOON }],
    ['a break', { type: 'BreakLock', lock_id: 'l1', session_id: 'boss', reason: 'urgent', now: NOON }],
    [
      'a cleanup of what is stale',
      { type: 'ReleaseLock', lock_id: 'l1', session_id: 'X', reason: null, holder: { last_activity_at: null, stale_after: 0 }, now: NOON },
    ],
    ['a claim of its holder in shared mode, to who shares', claim('A', 'src/a.ts', { mode: 'shared' })],
  ])('by %s', (what, command) => {
    const mode = what.endsWith('shares') ? 'shared' : 'exclusive';
    const { decision } = given(lockDecider, [claimed(), { ...B, data: { ...B.data, mode } }]).when(command);
    expect(others(decision, 'B')).toEqual([grantTo('B', { mode })]);
  });
  test('by its expiry, as a lease that counts from the grant', () => {
    given(lockDecider, [claimed(), queued({ ...B.data, until: iso(EXPIRY + 5) })])
      .when({ type: 'ExpireLocks', now: EXPIRY })
      .thenEvents([expired(), grantTo('B', { acquired_at: iso(EXPIRY), expires_at: iso(EXPIRY + 2 * HOUR) })]);
  });
  test('not a millisecond before it expires', () => {
    given(lockDecider, [claimed(), queued({ ...B.data, until: iso(EXPIRY + 5) })])
      .when({ type: 'ExpireLocks', now: EXPIRY - 1 })
      .thenEvents([]);
  });
  test('of an expired lock also where another comes upon it, who does not get in the way', () => {
    const until = iso(EXPIRY + 5);
    const { decision } = given(lockDecider, [claimed({ resource: 'src' }), queued({ ...B.data, until })]).when(claim('C', 'src/c', { now: EXPIRY }));
    expect(decision).toMatchObject([
      { type: 'LockExpired' },
      { type: 'LockClaimed', data: { session_id: 'C', fence: 2 } },
      { type: 'LockClaimed', data: { session_id: 'B', fence: 3, request_id: 'rB' } },
    ]);
  });
  test('to several who share, under ascending fences', () => {
    const shared = [B, C].map((event) => ({ ...event, data: { ...event.data, mode: 'shared' as const } }));
    given(lockDecider, [claimed(), ...shared])
      .when(release())
      .thenEvents([released(end), grantTo('B', { mode: 'shared' }), grantTo('C', { mode: 'shared', fence: 3 })]);
  });
  test('to several that do not conflict with each other', () => {
    const at = (event: typeof B, resource: string) => ({ ...event, data: { ...event.data, resource } });
    given(lockDecider, [claimed({ resource: 'src' }), at(B, 'src/b'), at(C, 'src/*.md')])
      .when(release())
      .thenEvents([released({ ...end, resource: 'src' }), grantTo('B', { resource: 'src/b' }), grantTo('C', { resource: 'src/*.md', fence: 3 })]);
  });
  test('to nobody while another lock is in the way', () => {
    const other = claimed({ lock_id: 'l2', session_id: 'X', resource: 'src/b', fence: 2 });
    const pattern = queued({ ...B.data, resource: 'src/**' });
    given(lockDecider, [claimed(), other, pattern])
      .when(release())
      .thenEvents([released(end)]);
    const { decision } = given(lockDecider, [claimed(), other, pattern, released()]).when(release('l2', 'X'));
    expect(others(decision, 'B')).toEqual([grantTo('B', { resource: 'src/**', fence: 3 })]);
  });
  test('with a batch as a whole: all of it, or nothing', () => {
    const batch = [queued({ ...B.data, lock_id: 'lB1', resource: 'x' }), queued({ ...B.data, lock_id: 'lB2' })];
    const two = claimed({ lock_id: 'l2', session_id: 'X', resource: 'x', fence: 2 });
    given(lockDecider, [claimed(), two, ...batch])
      .when(release())
      .thenEvents([released(end)]);
    const { decision } = given(lockDecider, [claimed(), two, ...batch, released()]).when(release('l2', 'X'));
    expect(others(decision, 'B')).toEqual([grantTo('B', { lock_id: 'lB1', resource: 'x', fence: 3 }), grantTo('B', { lock_id: 'lB2', fence: 4 })]);
  });
  test('as a change of mode, to who holds it with others and waits to hold it alone', () => {
    const share = { mode: 'shared' as const };
    const log = [claimed(share), claimed({ ...share, lock_id: 'l2', session_id: 'X', fence: 2 }), queued({ ...B.data, session_id: 'A' })];
    const { decision } = given(lockDecider, log).when(release('l2', 'X'));
    expect(others(decision, 'A')).toEqual([{ ...renewed({ request_id: 'rB' }), actor: 'A' }]);
  });
});

describe('nobody overtakes', () => {
  test('who shares waits behind who wants it alone, though it would fit beside the holder', () => {
    const log = [claimed({ mode: 'shared' }), B];
    given(lockDecider, log)
      .when(claim('C', 'src/a.ts', { mode: 'shared' }))
      .thenRefused({ problem: 'lock-held', conflicts: [{ id: 'l1' }], ahead: [{ request_id: 'rB' }] });
    const { decision } = given(lockDecider, log).when(claim('C', 'src/a.ts', { mode: 'shared', ...waits('rC') }));
    expect(decision).toMatchObject([{ type: 'LockRequestQueued' }]);
  });
  test('a claim of what is free is held up by a batch that waits for it, and is told the lock that this waits for', () => {
    const batch = [queued({ ...B.data, lock_id: 'lB1', resource: 'x' }), queued({ ...B.data, lock_id: 'lB2' })];
    given(lockDecider, [claimed(), ...batch])
      .when(claim('C', 'x'))
      .thenRefused({ problem: 'lock-held', conflicts: [{ id: 'l1' }], ahead: [{ request_id: 'rB' }] });
  });
  test('a claim is refused without a lock where a turn has come that is not on record yet', () => {
    const log = [claimed(), queued({ ...B.data, until: iso(EXPIRY + 5) })];
    given(lockDecider, log)
      .when(claim('C', 'src/a.ts', { now: EXPIRY }))
      .thenRefused({ problem: 'lock-held', conflicts: [], ahead: [{ request_id: 'rB' }] });
  });
  test('a queue holds up no one whose resource is free', () => {
    given(lockDecider, [claimed(), B])
      .when(claim('C', 'src/c.ts'))
      .thenEvents([claimed({ lock_id: 'n1', session_id: 'C', resource: 'src/c.ts', fence: 2 })]);
  });
});

describe('own locks', () => {
  test('are renewed by a claim, whoever waits for them', () => {
    given(lockDecider, [claimed(), B]).when(claim('A', 'src/a.ts')).thenEvents([renewed()]);
  });
  test.each([
    ['a part of it', 'src/a.ts', 'src/a.ts/x'],
    ['what lies around it', 'src/a.ts', 'src'],
  ])('let their holder claim %s, as who waits can not go on before', (_, held, wanted) => {
    given(lockDecider, [claimed({ resource: held }), queued({ ...B.data, resource: held })])
      .when(claim('A', wanted))
      .thenEvents([claimed({ lock_id: 'n1', resource: wanted, fence: 2 })]);
  });
  test('do so also for who waits behind who waits for them', () => {
    const batch = [queued({ ...B.data, lock_id: 'lB1', resource: 'x' }), queued({ ...B.data, lock_id: 'lB2' })];
    const behind = [queued({ ...C.data, lock_id: 'lC1', resource: 'x' }), queued({ ...C.data, lock_id: 'lC2', resource: 'y' })];
    given(lockDecider, [claimed(), ...batch, ...behind])
      .when(claim('A', 'y'))
      .thenEvents([claimed({ lock_id: 'n1', resource: 'y', fence: 2 })]);
  });
  test('do not help where another is waited for', () => {
    const log = [claimed({ resource: 'mine' }), claimed({ lock_id: 'l2', session_id: 'X', fence: 2 }), B];
    given(lockDecider, log)
      .when(claim('A', 'src/a.ts'))
      .thenRefused({ problem: 'lock-held', conflicts: [{ id: 'l2' }] });
  });
  test('two requests of one session do not wait for each other', () => {
    const { decision } = given(lockDecider, [claimed(), B, queued({ ...B.data, request_id: 'r2', lock_id: 'l9', mode: 'shared' })]).when(release());
    expect(others(decision, 'B').map(({ type }) => type)).toEqual(['LockClaimed', 'LockRenewed']);
  });
});

describe('whoever leaves the queue', () => {
  const leave = (more: object = {}): LockCommand => ({ type: 'WithdrawRequest', request_id: 'rB', reason: 'hang-up', now: NOON, ...more });
  test('is on record with the reason', () => {
    given(lockDecider, [claimed(), B])
      .when(leave())
      .thenEvents([withdrawn({ ...B.data, reason: 'hang-up' })]);
  });
  test('lets those go on who stood behind', () => {
    const reader = queued({ ...C.data, mode: 'shared' });
    given(lockDecider, [claimed({ mode: 'shared' }), B, reader])
      .when(leave())
      .thenEvents([withdrawn({ ...B.data, reason: 'hang-up' }), grantTo('C', { mode: 'shared' })]);
  });
  test('keeps a grant that came first', () => {
    given(lockDecider, [claimed(), B, released(), grantTo('B')])
      .when(leave({ reason: 'timeout' }))
      .thenEvents([]);
  });
  test('gives a grant back that nobody is there to take, to the next', () => {
    const back = released({ lock_id: 'lB', session_id: 'B', fence: 2, ended_by: 'B', reason: 'not taken: hang-up' });
    given(lockDecider, [claimed(), B, C, released(), grantTo('B')])
      .when(leave({ orRelease: ['lB'] }))
      .thenEvents([{ ...back, actor: null }, grantTo('C', { fence: 3 })]);
  });
  test('is skipped from the instant on at which its time is over, and put on record', () => {
    const late = NOON + MINUTE;
    const { decision } = given(lockDecider, [claimed(), B, queued({ ...C.data, until: iso(late + 1) })]).when({
      ...release(),
      now: late,
    } as LockCommand);
    expect(decision).toEqual([
      released({ ended_at: iso(late) }),
      withdrawn({ ...B.data, withdrawn_at: iso(late), reason: 'timeout' }),
      grantTo('C', { acquired_at: iso(late), expires_at: iso(late + 2 * HOUR) }),
    ]);
  });
  test('is put on record by the sweep, dated when its time was over', () => {
    given(lockDecider, [claimed(), B])
      .when({ type: 'ExpireLocks', now: NOON + HOUR })
      .thenEvents([withdrawn({ ...B.data, withdrawn_at: iso(NOON + MINUTE), reason: 'timeout' })]);
  });
  test('holds up no claim any more', () => {
    const { decision } = given(lockDecider, [claimed({ mode: 'shared' }), B]).when(claim('C', 'src', { mode: 'shared', now: NOON + MINUTE }));
    expect(decision).toMatchObject([{ type: 'LockRequestWithdrawn' }, { type: 'LockClaimed', data: { session_id: 'C' } }]);
  });
  test('takes all with it that its session waits for, when that has ended', () => {
    const more = queued({ ...B.data, request_id: 'r2', lock_id: 'l9', resource: 'src' });
    given(lockDecider, [claimed(), B, C, more])
      .when({ type: 'WithdrawRequests', session_id: 'B', reason: 'session ended', now: NOON })
      .thenEvents([withdrawn({ ...B.data, reason: 'session ended' }), withdrawn({ ...more.data, reason: 'session ended' })]);
  });
});

describe('the next moment at which a turn may come by the clock', () => {
  const momentOf = (events: LockEvent[], request_id: string) =>
    nextMoment(events.reduce(lockDecider.evolve, lockDecider.initialState), request_id, NOON);
  test('is the first expiry in the way', () => expect(momentOf([claimed(), B], 'rB')).toBe(EXPIRY));
  test('is the end of the patience of who is before, if that is sooner', () => expect(momentOf([claimed(), B, C], 'rC')).toBe(NOON + MINUTE));
  test('does not come where nothing runs out', () => expect(momentOf([claimed({ expires_at: null, ttl_hours: 0 }), B], 'rB')).toBeNull());
  test('is nothing to who waits no more', () => expect(momentOf([claimed()], 'rB')).toBeNull());
});
