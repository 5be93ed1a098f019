import * as fc from 'fast-check';
import { isProblem } from '../decider';
import type { LockCommand } from './lock.commands';
import { lockDecider } from './lock.decider';
import type { LockEvent } from './lock.events';
import { isExpired, noLocks, type ProjectLocks, resourceOf } from './lock.state';
import { overlaps } from './resource-overlap';
import { claim, HOUR, NOON } from './testing/locks';

const resource = fc.constantFrom('src', 'src/a', 'src/*', '**/b', 'x', 'db:users', '{src,x}/a');
const pause = fc.constantFrom(0, 0, 1, 0.5 * HOUR, HOUR, 3 * HOUR);
/** Every claim is another session's: who holds nothing has no one who waits for it, and the order is strict. */
const move = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      resources: fc.array(resource, { minLength: 1, maxLength: 2 }),
      shared: fc.boolean(),
      waits: fc.boolean(),
      ttl: fc.constantFrom(0, 1),
    }),
  },
  { weight: 3, arbitrary: fc.record({ ends: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ leaves: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.constant('expire' as const) },
);
const moves = fc.array(fc.tuple(move, pause), { maxLength: 40 });
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

function commandOf(next: Move, state: ProjectLocks, step: number, now: number): LockCommand {
  if (next === 'expire') return { type: 'ExpireLocks', now };
  if ('ends' in next) {
    const lock = [...state.locks.values()].sort((a, b) => a.fence - b.fence)[next.ends];
    return { type: 'BreakLock', lock_id: lock?.id ?? 'none', session_id: 'boss', reason: 'because', now };
  }
  if ('leaves' in next) return { type: 'WithdrawRequest', request_id: state.queue[next.leaves]?.request_id ?? 'none', reason: 'hang-up', now };
  const resources = next.resources.map((name, i) => ({ id: `l${step}-${i}`, resource: name, field: 'resources' }));
  const wait = next.waits ? { request_id: `r${step}`, until: now + 1.5 * HOUR } : undefined;
  return claim(`s${step}`, [], { resources, mode: next.shared ? 'shared' : 'exclusive', ttl_hours: next.ttl, wait, now });
}

type Asked = { session_id: string; mode: string; wanted: readonly { resource: string }[] };
const clash = (one: Asked, other: Asked): boolean =>
  one.session_id !== other.session_id &&
  (one.mode === 'exclusive' || other.mode === 'exclusive') &&
  one.wanted.some((mine) => other.wanted.some((theirs) => overlaps(resourceOf(mine), resourceOf(theirs))));

/** `look` sees each decision: what was before it, what came of it, and when. */
function run(
  all: readonly (readonly [Move, number])[],
  look: (step: { before: ProjectLocks; after: ProjectLocks; events: readonly LockEvent[]; now: number }) => void,
) {
  let before = noLocks;
  let now = NOON;
  for (const [step, [next, pause]] of all.entries()) {
    now += pause;
    const decision = lockDecider.decide(commandOf(next, before, step, now), before);
    const events = isProblem(decision) ? [] : decision;
    const after = events.reduce(lockDecider.evolve, before);
    look({ before, after, events, now });
    before = after;
  }
}

test('nobody is granted what a request waits for that came before and whose time is not over', () => {
  fc.assert(
    fc.property(moves, (all) =>
      run(all, ({ before, events, now }) => {
        for (const [i, event] of events.entries()) {
          if (event.type !== 'LockClaimed') continue;
          const { request_id, session_id, mode, resource } = event.data;
          const place = before.queue.findIndex((request) => request.request_id === request_id);
          const older = place < 0 ? before.queue : before.queue.slice(0, place);
          const left = new Set(events.slice(0, i).map(({ data }) => ('request_id' in data ? data.request_id : undefined)));
          const overtaken = older.filter(
            (one) => !left.has(one.request_id) && Date.parse(one.until) > now && clash(one, { session_id, mode, wanted: [{ resource }] }),
          );
          expect(overtaken).toEqual([]);
        }
      }),
    ),
    { numRuns: 500 },
  );
});

test('a decision leaves no one in the queue whose turn has come', () => {
  fc.assert(
    fc.property(moves, (all) =>
      run(all, ({ after, events, now }) => {
        if (events.length === 0) return;
        const frees = events.some(({ type }) => type !== 'LockClaimed');
        for (const [i, request] of after.queue.entries()) {
          if (!frees || Date.parse(request.until) <= now) continue;
          const held = [...after.locks.values()].some((lock) => !isExpired(lock, now) && clash(request, { ...lock, wanted: [lock] }));
          expect([request, held || after.queue.slice(0, i).some((older) => clash(request, older))]).toEqual([request, true]);
        }
      }),
    ),
    { numRuns: 500 },
  );
});

test('who waits is granted all that it wants at once or leaves with a reason, and nothing of it happens twice', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const ended = new Set<string>();
      run(all, ({ before, after, events }) => {
        const gone = before.queue.filter((request) => !after.queue.some(({ request_id }) => request_id === request.request_id));
        for (const { request_id, wanted } of gone) {
          const about = events.filter(({ data }) => 'request_id' in data && data.request_id === request_id);
          expect(new Set(about.map(({ type }) => type)).size).toBe(1);
          expect(about.map(({ data }) => data.resource)).toEqual(wanted.map(({ resource }) => resource));
          expect(ended.has(request_id)).toBe(false);
          ended.add(request_id);
        }
      });
    }),
    { numRuns: 500 },
  );
});
