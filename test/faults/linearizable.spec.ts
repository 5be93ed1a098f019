import { type Call, linearize } from './linearizable';
import { type LockCall, type LockOp, lockModel, NO_SKEW, type Shown } from './lock-model';

const NEVER = Number.POSITIVE_INFINITY;

const lock = (session: string, fence: number, expires: number): Shown => ({ id: `lock-${fence}`, session, mode: 'exclusive', fence, expires });

/** A call by `session`, from one ms to another, on a server whose clock is right unless it says otherwise. */
const call = (session: string, invoked: number, answered: number, what: LockCall, skew = NO_SKEW): Call<LockOp> => ({
  op: { ...what, session, request: `${session}-${invoked}`, skew },
  invoked,
  answered,
});
const TTL = 100;
const claimed = (session: string, fence: number, at: number): LockCall => ({
  ...{ kind: 'claim', mode: 'exclusive', ttl: TTL },
  outcome: { granted: lock(session, fence, at + TTL), at },
});
const claimedAgain = (session: string, fence: number, at: number): LockCall => ({
  ...{ kind: 'claim', mode: 'exclusive', ttl: TTL },
  outcome: { renewed: lock(session, fence, at + TTL), at },
});
const held = (by: Shown): LockCall => ({ kind: 'claim', mode: 'exclusive', ttl: TTL, outcome: { held: [by] } });
const claimUnknown: LockCall = { kind: 'claim', mode: 'exclusive', ttl: TTL, outcome: null };
const renewed = (session: string, fence: number, at: number): LockCall => ({
  ...{ kind: 'renew', id: `lock-${fence}`, ttl: TTL },
  outcome: { renewed: lock(session, fence, at + TTL), at },
});
const tooLateToRenew = (fence: number): LockCall => ({ kind: 'renew', id: `lock-${fence}`, ttl: TTL, outcome: 'ended' });
const released = (fence: number, outcome: 'released' | 'expired' | null = 'released'): LockCall => ({
  kind: 'release',
  id: `lock-${fence}`,
  outcome,
});
const notReleased = (fence: number, notOwner: Shown): LockCall => ({ kind: 'release', id: `lock-${fence}`, outcome: { notOwner } });
const valid = (by: Shown): LockCall => ({ kind: 'verify', fence: by.fence, outcome: { valid: by } });
const superseded = (fence: number, current: number | null): LockCall => ({ kind: 'verify', fence, outcome: { current } });
const seen = (...live: Shown[]): LockCall => ({ kind: 'look', outcome: { live } });

const verdict = (...calls: Call<LockOp>[]) => linearize(lockModel, calls).is;

describe('a history of locks is linearizable when', () => {
  test.each<[string, Call<LockOp>[]]>([
    ['nothing happened', []],
    ['one holder follows another', [call('A', 0, 5, claimed('A', 1, 2)), call('A', 10, 15, released(1)), call('B', 20, 25, claimed('B', 2, 22))]],
    [
      'whoever asks at the same time comes before the release',
      [call('A', 0, 5, claimed('A', 1, 2)), call('A', 10, 30, released(1)), call('B', 12, 25, held(lock('A', 1, 102)))],
    ],
    [
      'whoever asks at the same time comes after the release, though answered before it',
      [call('A', 0, 5, claimed('A', 1, 2)), call('A', 10, 30, released(1)), call('B', 12, 25, claimed('B', 2, 14))],
    ],
    ['a lock is taken over that has run out', [call('A', 0, 5, claimed('A', 1, 2)), call('B', 110, 115, claimed('B', 2, 112))]],
    ['a lock runs out while the claim is under way', [call('A', 0, 5, claimed('A', 1, 2)), call('B', 95, 115, claimed('B', 2, 96))]],
    [
      'a renewal keeps it',
      [call('A', 0, 5, claimed('A', 1, 2)), call('A', 90, 95, renewed('A', 1, 92)), call('B', 110, 115, held(lock('A', 1, 192)))],
    ],
    [
      'a claim by the holder keeps it',
      [call('A', 0, 5, claimed('A', 1, 2)), call('A', 90, 95, claimedAgain('A', 1, 92)), call('A', 150, 155, valid(lock('A', 1, 192)))],
    ],
    [
      'a renewal comes too late',
      [call('A', 0, 5, claimed('A', 1, 2)), call('A', 110, 115, tooLateToRenew(1)), call('A', 120, 125, superseded(1, null))],
    ],
    [
      'a fence is superseded',
      [
        call('A', 0, 5, claimed('A', 1, 2)),
        call('B', 110, 115, claimed('B', 2, 112)),
        call('A', 120, 125, superseded(1, 2)),
        call('A', 130, 135, notReleased(2, lock('B', 2, 212))),
      ],
    ],
    [
      'what ran out is released, or was released before',
      [
        call('A', 0, 5, claimed('A', 1, 2)),
        call('A', 110, 115, released(1, 'expired')),
        call('A', 120, 125, released(1, 'expired')),
        call('A', 130, 135, seen()),
      ],
    ],
    ['a claim of unknown outcome had its effect', [call('A', 0, NEVER, claimUnknown), call('B', 10, 15, held(lock('A', 1, 105)))]],
    [
      'a claim of unknown outcome had its effect late',
      [
        call('A', 0, NEVER, claimUnknown),
        call('B', 10, 15, claimed('B', 1, 12)),
        call('B', 20, 25, released(1)),
        call('C', 30, 35, held(lock('A', 2, 128))),
      ],
    ],
    [
      'a claim of unknown outcome never had any',
      [call('A', 0, NEVER, claimUnknown), call('B', 10, 15, claimed('B', 1, 12)), call('B', 20, 25, seen(lock('B', 1, 112)))],
    ],
    [
      'a release of unknown outcome had its effect',
      [call('A', 0, 5, claimed('A', 1, 2)), call('A', 10, NEVER, released(1, null)), call('B', 20, 25, claimed('B', 2, 22))],
    ],
    [
      'an end was put on record by a server whose clock is fast',
      [call('A', 0, 5, claimed('A', 1, 2)), call('B', 20, 25, claimed('B', 2, 22), { least: 0, most: 0, fastest: 500 })],
    ],
  ])('%s', (_, calls) => {
    expect(verdict(...calls)).toBe('linearizable');
  });

  test('shared locks stand beside each other', () => {
    const shared = (session: string, fence: number, at: number): LockCall => ({
      ...{ kind: 'claim', mode: 'shared', ttl: TTL },
      outcome: { granted: { ...lock(session, fence, at + TTL), mode: 'shared' }, at },
    });
    const both = [
      { ...lock('A', 1, 102), mode: 'shared' as const },
      { ...lock('B', 2, 108), mode: 'shared' as const },
    ];
    expect(verdict(call('A', 0, 5, shared('A', 1, 2)), call('B', 6, 9, shared('B', 2, 8)), call('C', 10, 15, seen(...both)))).toBe('linearizable');
    expect(verdict(call('A', 0, 5, shared('A', 1, 2)), call('B', 6, 9, claimed('B', 2, 8)))).toBe('not linearizable');
  });
});

describe('a history of locks is not linearizable when', () => {
  test.each<[string, Call<LockOp>[]]>([
    ['two hold a resource', [call('A', 0, 5, claimed('A', 1, 2)), call('B', 10, 15, claimed('B', 2, 12))]],
    ['two hold a resource that asked at the same time', [call('A', 0, 15, claimed('A', 1, 2)), call('B', 0, 15, claimed('B', 2, 12))]],
    ['a grant is lost', [call('A', 0, 5, claimed('A', 1, 2)), call('B', 10, 15, seen())]],
    ['a fence comes again', [call('A', 0, 5, claimed('A', 1, 2)), call('A', 10, 15, released(1)), call('B', 20, 25, claimed('B', 1, 22))]],
    ['a later fence is lower', [call('A', 0, 5, claimed('A', 7, 2)), call('A', 10, 15, released(7)), call('B', 20, 25, claimed('B', 6, 22))]],
    ['a free resource is refused', [call('A', 0, 5, claimed('A', 1, 2)), call('A', 10, 15, released(1)), call('B', 20, 25, held(lock('A', 1, 102)))]],
    ['a lock that has run out is still in the way', [call('A', 0, 5, claimed('A', 1, 2)), call('B', 103, 110, held(lock('A', 1, 102)))]],
    ['a lock is taken away before its time', [call('A', 0, 5, claimed('A', 1, 2)), call('B', 80, 95, claimed('B', 2, 90))]],
    ['someone else releases it', [call('A', 0, 5, claimed('A', 1, 2)), call('B', 10, 15, released(1)), call('C', 20, 25, claimed('C', 2, 22))]],
    [
      'a fence is valid that was released',
      [call('A', 0, 5, claimed('A', 1, 2)), call('A', 10, 15, released(1)), call('A', 20, 25, valid(lock('A', 1, 102)))],
    ],
    [
      'a fence is valid that was superseded',
      [call('A', 0, 5, claimed('A', 1, 2)), call('B', 110, 115, claimed('B', 2, 112)), call('A', 120, 125, valid(lock('A', 1, 102)))],
    ],
    ['what is held is superseded', [call('A', 0, 5, claimed('A', 1, 2)), call('A', 10, 15, superseded(1, null))]],
    [
      'what has ended is renewed',
      [call('A', 0, 5, claimed('A', 1, 2)), call('B', 110, 115, claimed('B', 2, 112)), call('A', 120, 125, renewed('A', 1, 122))],
    ],
    [
      'a renewal is forgotten',
      [call('A', 0, 5, claimed('A', 1, 2)), call('A', 50, 55, renewed('A', 1, 52)), call('B', 110, 115, claimed('B', 2, 112))],
    ],
    ['it took effect before it was asked for', [call('B', 10, 15, held(lock('A', 1, 118))), call('A', 16, NEVER, claimUnknown)]],
    [
      'an unknown outcome shows and is gone again',
      [call('A', 0, NEVER, claimUnknown), call('B', 10, 15, held(lock('A', 1, 105))), call('B', 20, 25, claimed('B', 2, 22))],
    ],
    [
      'one claim of unknown outcome has two effects',
      [call('A', 0, NEVER, claimUnknown), call('B', 10, 15, held(lock('A', 1, 105))), call('B', 120, 125, held(lock('A', 2, 215)))],
    ],
    ['a grant names a time that is not its own', [call('A', 10, 15, claimed('A', 1, 2))]],
    [
      'a clock is fast, but not fast enough',
      [call('A', 0, 5, claimed('A', 1, 2)), call('B', 20, 25, claimed('B', 2, 22), { least: 0, most: 0, fastest: 50 })],
    ],
  ])('%s', (_, calls) => {
    expect(verdict(...calls)).toBe('not linearizable');
  });
});

describe('the search', () => {
  test('names the call that nothing explains', () => {
    const history = [call('A', 0, 5, claimed('A', 1, 2)), call('B', 10, 15, claimed('B', 2, 12)), call('A', 20, 25, released(1))];
    expect(linearize(lockModel, history)).toMatchObject({ is: 'not linearizable', placed: 1, stuck: { op: { session: 'B' } } });
  });

  test('gets through a long history with many open ends', () => {
    const open = Array.from({ length: 12 }, (_, n) => call(`U${n}`, n, NEVER, claimUnknown));
    const turns = Array.from({ length: 300 }, (_, n) => [
      call('A', n * 20, n * 20 + 4, claimed('A', n + 1, n * 20 + 2)),
      call('B', n * 20 + 1, n * 20 + 12, held(lock('A', n + 1, n * 20 + 102))),
      call('A', n * 20 + 6, n * 20 + 15, released(n + 1)),
    ]).flat();
    expect(verdict(...open, ...turns)).toBe('linearizable');
  });

  test('says so when it gives up', () => {
    const many = Array.from({ length: 12 }, (_, n) => call(`S${n}`, 0, 50, claimed(`S${n}`, n + 1, 10)));
    expect(linearize(lockModel, many, 5).is).toBe('undecided');
  });
});
