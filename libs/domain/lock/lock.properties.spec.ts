import * as fc from 'fast-check';
import { isProblem } from '../decider';
import type { LockCommand } from './lock.commands';
import { lockDecider } from './lock.decider';
import type { LockEvent } from './lock.events';
import { isExpired, type LockState, noLocks, type ProjectLocks, resourceOf } from './lock.state';
import { overlaps } from './resource-overlap';
import { claim, HOUR, NOON } from './testing/locks';

const session = fc.constantFrom('A', 'B', 'C');
const resource = fc.constantFrom('src', 'src/a', 'src/*', 'src/a/**', '**/b', 'x', 'db:users', '{src,x}/a');
const step = fc.constantFrom(0, 1, 0.5 * HOUR, HOUR, 3 * HOUR);
/** Which of the locks granted so far is meant, counted from the last. */
const which = fc.nat(5);

/** What is done next; made a command when the state and the time are known. */
const move = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('claim' as const),
      session,
      resources: fc.array(resource, { minLength: 1, maxLength: 3 }),
      shared: fc.boolean(),
      ttl: fc.constantFrom(0, 0.5, 2),
      waits: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('renew' as const, 'release' as const, 'break' as const), session, which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('release all' as const, 'expire' as const, 'leave' as const), session }) },
);
const moves = fc.array(fc.tuple(move, step), { maxLength: 30 });
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

let ids = 0;
function commandOf(next: Move, granted: readonly string[], now: number): LockCommand {
  if (next.kind === 'claim') {
    const resources = next.resources.map((name) => ({ id: `l${++ids}`, resource: name, field: 'resources' }));
    const wait = next.waits ? { request_id: `r${++ids}`, until: now + HOUR } : undefined;
    return claim(next.session, [], { resources, mode: next.shared ? 'shared' : 'exclusive', ttl_hours: next.ttl, wait, now });
  }
  if (!('which' in next)) {
    if (next.kind === 'leave') return { type: 'WithdrawRequests', session_id: next.session, reason: 'session ended', now };
    return next.kind === 'expire' ? { type: 'ExpireLocks', now } : { type: 'ReleaseAllLocks', session_id: next.session, reason: null, now };
  }
  const about = { lock_id: granted.at(-1 - next.which) ?? 'none', session_id: next.session, now };
  if (next.kind === 'renew') return { type: 'RenewLock', ...about };
  if (next.kind === 'break') return { type: 'BreakLock', ...about, reason: 'because' };
  return { type: 'ReleaseLock', ...about, reason: null, holder: { last_activity_at: null, stale_after: HOUR } };
}

/** Runs moves, each a while after the one before; `look` sees every state with its time and what led to it. */
function run(
  all: readonly (readonly [Move, number])[],
  look: (state: ProjectLocks, now: number, events: readonly LockEvent[], command: LockCommand) => void,
) {
  let state = noLocks;
  let now = NOON;
  const granted: string[] = [];
  for (const [next, pause] of all) {
    now += pause;
    const command = commandOf(next, granted, now);
    const decision = lockDecider.decide(command, state);
    const events = isProblem(decision) ? [] : decision;
    for (const event of events) if (event.type === 'LockClaimed') granted.push(event.data.lock_id);
    state = events.reduce(lockDecider.evolve, state);
    look(state, now, events, command);
  }
}

const conflict = (one: LockState, other: LockState): boolean =>
  one.session_id !== other.session_id && (one.mode === 'exclusive' || other.mode === 'exclusive') && overlaps(resourceOf(one), resourceOf(other));

test('no two live locks of different sessions ever conflict', () => {
  fc.assert(
    fc.property(moves, (all) =>
      run(all, (state, now) => {
        const live = [...state.locks.values()].filter((lock) => !isExpired(lock, now));
        for (const [i, one] of live.entries()) for (const other of live.slice(i + 1)) expect(conflict(one, other) && [one, other]).toBe(false);
      }),
    ),
    { numRuns: 300 },
  );
});

test('fences strictly grow from grant to grant, also across a snapshot', () => {
  fc.assert(
    fc.property(moves, (all) => {
      let last = 0;
      run(all, (state, _now, events) => {
        for (const event of events) {
          if (event.type !== 'LockClaimed') continue;
          expect(event.data.fence).toBeGreaterThan(last);
          last = event.data.fence;
        }
        expect(state.fence).toBe(last);
      });
    }),
    { numRuns: 300 },
  );
});

test('what a claim was granted, the same claim again only renews', () => {
  fc.assert(
    fc.property(moves, (all) =>
      run(all, (state, _now, events, command) => {
        if (command.type !== 'ClaimLocks' || events.length === 0) return;
        const mine = events.filter((event) => event.type === 'LockClaimed' || event.type === 'LockRenewed').filter(({ data }) => !data.request_id);
        if (mine.length === 0) return; // it waits, and who is granted something waited before
        const again = lockDecider.decide({ ...command, wait: undefined }, state);
        const granted = isProblem(again)
          ? []
          : again.filter(({ type, data }) => type !== 'LockExpired' && data.session_id === command.session_id && !('request_id' in data));
        expect(granted.map(({ type }) => type)).toEqual(granted.map(() => 'LockRenewed'));
        expect(granted).not.toEqual([]);
      }),
    ),
    { numRuns: 300 },
  );
});

test('a state that went through a snapshot decides everything as the one that did not', () => {
  const snapshot = lockDecider.snapshot;
  if (!snapshot) throw new Error('Locks have no snapshot.');
  const byFence = ({ locks }: ProjectLocks) => locks.values().sort((a, b) => a.fence - b.fence);
  const thawed = (state: ProjectLocks) => snapshot.fromJson(JSON.parse(JSON.stringify(snapshot.toJson(state))));
  fc.assert(
    fc.property(moves, move, (all, next) => {
      const granted: string[] = [];
      let [last, then] = [noLocks, NOON];
      run(all, (state, now, events) => {
        for (const event of events) if (event.type === 'LockClaimed') granted.push(event.data.lock_id);
        [last, then] = [state, now];
      });
      const command = commandOf(next, granted, then + 3 * HOUR);
      const decision = lockDecider.decide(command, last);
      expect(lockDecider.decide(command, thawed(last))).toEqual(decision);
      const after = isProblem(decision) ? last : decision.reduce(lockDecider.evolve, last);
      const thawedAfter = isProblem(decision) ? thawed(last) : decision.reduce(lockDecider.evolve, thawed(last));
      expect(byFence(thawedAfter)).toEqual(byFence(after));
      expect(thawedAfter.queue).toEqual(after.queue);
    }),
    { numRuns: 300 },
  );
});
