import { given } from '../testing/given';
import { lockDecider } from './lock.decider';
import { claim, claimed, expired, HOUR, iso, NOON, released, renewed } from './testing/locks';

const EXPIRY = NOON + 2 * HOUR;
const heldBy = (session_id: string, more: Parameters<typeof claimed>[0] = {}) => claimed({ session_id, ...more });
/** B's lock on all of `src`, in whatever mode. */
const B_ON_SRC = { lock_id: 'l2', session_id: 'B', resource: 'src', fence: 2 };

describe('a claim', () => {
  test('of a free resource is granted, in its normal form, under the next fence', () => {
    given(lockDecider, [])
      .when(claim('A', './src//a.ts', { description: 'why' }))
      .thenEvents([claimed({ lock_id: 'n1', description: 'why' })]);
  });
  test.each([
    [0, null],
    [0.5, '2026-05-12T12:30:00.000Z'],
    [720, '2026-06-11T12:00:00.000Z'],
    [1e-9, '2026-05-12T12:00:00.001Z'],
  ])('for %d hours runs until %s', (ttl_hours, expires_at) => {
    given(lockDecider, [])
      .when(claim('A', 'src/a.ts', { ttl_hours }))
      .thenEvents([claimed({ lock_id: 'n1', ttl_hours, expires_at })]);
  });
  test('meets every lock in its way, oldest grant first', () => {
    given(lockDecider, [heldBy('B', { lock_id: 'l1', resource: 'src/x', fence: 1 }), heldBy('C', { lock_id: 'l2', resource: 'src/*.md', fence: 2 })])
      .when(claim('A', 'src'))
      .thenRefused({ problem: 'lock-held', conflicts: [{ id: 'l1' }, { id: 'l2' }] });
  });
  test('names a lock once that is in the way of several resources', () => {
    const { decision } = given(lockDecider, [claimed(B_ON_SRC)]).when(claim('A', ['src/a', 'src/b']));
    expect(decision).toMatchObject({ problem: 'lock-held', conflicts: [{ id: 'l2' }] });
    expect(decision).toHaveProperty('conflicts.length', 1);
  });
  test.each(['', '..', 'a/../b', './'])('of %j is refused, as that names no resource', (resource) => {
    given(lockDecider, [])
      .when(claim('A', resource))
      .thenRefused({ problem: 'invalid-request', errors: [{ field: 'resource' }] });
  });
});

describe('modes', () => {
  test.each([
    ['shared', 'shared', true],
    ['shared', 'exclusive', false],
    ['exclusive', 'shared', false],
    ['exclusive', 'exclusive', false],
  ] as const)('beside a %s lock of another a %s claim is granted: %s', (held, wanted, granted) => {
    const { decision } = given(lockDecider, [heldBy('B', { mode: held })]).when(claim('A', 'src/a.ts', { mode: wanted }));
    expect(Array.isArray(decision)).toBe(granted);
  });
  test('a session is never in its own way, whatever overlaps', () => {
    given(lockDecider, [claimed({ resource: 'src' })])
      .when(claim('A', 'src/a.ts'))
      .thenEvents([claimed({ lock_id: 'n1', fence: 2 })]);
  });
  test('claiming the same resource again renews it in place: same id, same fence', () => {
    given(lockDecider, [claimed()])
      .when(claim('A', 'src/a.ts', { ttl_hours: 3, now: NOON + HOUR }))
      .thenEvents([renewed({ ttl_hours: 3, expires_at: iso(NOON + 4 * HOUR), renewed_at: iso(NOON + HOUR) })]);
  });
  test('claiming the same resource in another mode changes the mode', () => {
    given(lockDecider, [claimed()])
      .when(claim('A', 'src/a.ts', { mode: 'shared' }))
      .thenEvents([renewed({ mode: 'shared' })]);
  });
  test('a shared lock does not become exclusive while another session shares', () => {
    given(lockDecider, [claimed({ mode: 'shared' }), claimed({ ...B_ON_SRC, mode: 'shared' })])
      .when(claim('A', 'src/a.ts'))
      .thenRefused({ problem: 'lock-held', conflicts: [{ id: 'l2' }] });
  });
  test.each([
    ['keeps the description that is left out', undefined, 'why'],
    ['clears the description that is null', null, null],
    ['takes a new description', 'because', 'because'],
  ])('a repeated claim %s', (_, description, kept) => {
    given(lockDecider, [claimed({ description: 'why' })])
      .when(claim('A', 'src/a.ts', { description }))
      .thenEvents([renewed({ description: kept })]);
  });
});

describe('a batch', () => {
  test('is granted under ascending fences, renewing what is held', () => {
    given(lockDecider, [claimed()])
      .when(claim('A', ['x', 'src/a.ts', 'y']))
      .thenEvents([claimed({ lock_id: 'n1', resource: 'x', fence: 2 }), renewed(), claimed({ lock_id: 'n3', resource: 'y', fence: 3 })]);
  });
  test('is refused as a whole when one resource is held', () => {
    given(lockDecider, [heldBy('B')])
      .when(claim('A', ['x', 'src/a.ts']))
      .thenRefused({ problem: 'lock-held' });
  });
  test('grants a resource once that it names twice, in whatever spelling', () => {
    given(lockDecider, [])
      .when(claim('A', ['src/a.ts', './src/a.ts/']))
      .thenEvents([claimed({ lock_id: 'n1' })]);
  });
  test('may overlap itself', () => {
    const { decision } = given(lockDecider, []).when(claim('A', ['src', 'src/a.ts', 'src/*']));
    expect(decision).toHaveLength(3);
  });
  test('of one resource that is none names its place in the batch', () => {
    given(lockDecider, [])
      .when(claim('A', ['..']))
      .thenRefused({ problem: 'invalid-request', errors: [{ field: 'resources[0]' }] });
  });
  test('names each resource that is none, and grants nothing', () => {
    const { decision } = given(lockDecider, []).when(claim('A', ['..', 'x', '']));
    expect(decision).toMatchObject({ problem: 'invalid-request', errors: [{ field: 'resources[0]' }, { field: 'resources[2]' }] });
  });
});

describe('an expired lock in the way', () => {
  test('holds until the millisecond before its expiry', () => {
    given(lockDecider, [heldBy('B')])
      .when(claim('A', 'src', { now: EXPIRY - 1 }))
      .thenRefused({ problem: 'lock-held' });
  });
  test('is put on record first, dated when it ran out', () => {
    const now = EXPIRY + 5;
    given(lockDecider, [heldBy('B')])
      .when(claim('A', 'src', { now }))
      .thenEvents([
        expired({ session_id: 'B', ended_at: iso(EXPIRY) }),
        claimed({ lock_id: 'n1', resource: 'src', fence: 2, expires_at: iso(now + 2 * HOUR), acquired_at: iso(now) }),
      ]);
  });
  test('frees its resource at the very instant', () => {
    const { decision } = given(lockDecider, [heldBy('B')]).when(claim('A', 'src/a.ts', { now: EXPIRY }));
    expect(decision).toMatchObject([{ type: 'LockExpired' }, { type: 'LockClaimed' }]);
  });
  test('is granted to its holder anew, under a new fence', () => {
    const { decision } = given(lockDecider, [claimed()]).when(claim('A', 'src/a.ts', { now: EXPIRY }));
    expect(decision).toMatchObject([{ type: 'LockExpired' }, { type: 'LockClaimed', data: { lock_id: 'n1', fence: 2 } }]);
  });
  test('stays off the record when a live one refuses the claim', () => {
    given(lockDecider, [heldBy('B'), heldBy('C', { lock_id: 'l2', resource: 'src/c', fence: 2, expires_at: null, ttl_hours: 0 })])
      .when(claim('A', 'src', { now: EXPIRY }))
      .thenRefused({ problem: 'lock-held', conflicts: [{ id: 'l2' }] });
  });
});

describe('a fence', () => {
  test.each([
    ['a release', released()],
    ['an expiry', expired()],
  ])('is not used again after %s', (_, end) => {
    given(lockDecider, [claimed(), end])
      .when(claim('B', 'src/a.ts'))
      .thenEvents([claimed({ lock_id: 'n1', session_id: 'B', fence: 2 })]);
  });
});
