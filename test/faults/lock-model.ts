import type { Model, Moment } from './linearizable';

/** A lock as an answer shows it; `expires` in ms of the server's clock. */
export interface Shown {
  id: string;
  session: string;
  mode: Mode;
  fence: number;
  expires: number;
}
export type Mode = 'exclusive' | 'shared';

/** How a call on one resource was answered; null: the outcome is unknown. `at`: the server's time that the answer names. */
export type LockCall =
  | { kind: 'claim'; mode: Mode; ttl: number; outcome: { granted: Shown; at: number } | { renewed: Shown; at: number } | { held: Shown[] } | null }
  | { kind: 'renew'; id: string; ttl: number; outcome: { renewed: Shown; at: number } | { notOwner: Shown } | 'ended' | null }
  | { kind: 'release'; id: string; outcome: 'released' | 'expired' | { notOwner: Shown } | null }
  | { kind: 'verify'; fence: number; outcome: { valid: Shown } | { current: number | null } }
  | { kind: 'look'; outcome: { live: Shown[] } };

/** How far clocks are before the client's, in ms: that of the server that was asked, at least and at most, and the fastest of all servers so far. */
export interface Skew {
  least: number;
  most: number;
  fastest: number;
}
export const NO_SKEW: Skew = { least: 0, most: 0, fastest: 0 };
/** `request`: its id, by which the log names what it wrote. */
export type LockOp = LockCall & { session: string; request: string; skew: Skew };

/** When a call takes effect by the clock of the server that was asked, and what any server's clock may have shown until then. */
interface Window extends Moment {
  latestOfAll: number;
}

/** A lock that is held. Of a grant whose answer is unknown neither id nor fence are known (more than `above`), and its end only from when to when. */
interface Held {
  session: string;
  mode: Mode;
  id: string | null;
  fence: number | null;
  above: number;
  ends: readonly [number, number];
}

/** Who holds a resource, and the highest fence that is known to have been granted. */
export interface LockState {
  fence: number;
  held: readonly Held[];
}

/**
 * The locks of one resource (protocol, "Locks"). Expiry is a step that no one asks for: a lock may have ended as soon as any server's clock has
 * passed its end, for each of them puts on record what it finds expired. Live it is only by the clock of the server that was asked, which it read
 * at some instant of the call; a grant or renewal names that instant.
 */
export const lockModel: Model<LockState, LockOp> = {
  initial: { fence: 0, held: [] },
  step,
  key: ({ fence, held }) => `${fence} ${held.map(({ session, mode, id, fence: own, ends }) => `${session},${mode},${id},${own},${ends}`).join(' ')}`,
};

function step(state: LockState, op: LockOp, moment: Moment): readonly LockState[] {
  const { least, most, fastest } = op.skew;
  const window = { from: moment.from + least, to: moment.to + most, latestOfAll: moment.to + Math.max(most, fastest) };
  switch (op.kind) {
    case 'claim':
      return claim(state, op, window);
    case 'renew':
      return renew(state, op, window);
    case 'release':
      return release(state, op, window);
    case 'verify':
      return verify(state, op, window);
    case 'look':
      return observe(state, op.outcome.live, state.held, window);
  }
}

type Of<Kind> = LockOp & { kind: Kind };

function claim(state: LockState, { session, mode, ttl, outcome }: Of<'claim'>, window: Window): readonly LockState[] {
  const own = state.held.find((lock) => lock.session === session);
  const others = state.held.filter((lock) => lock !== own && (lock.mode === 'exclusive' || mode === 'exclusive'));
  if (outcome && 'held' in outcome) return outcome.held.length > 0 ? observe(state, outcome.held, others, window) : [];

  const when = outcome ? at(window, outcome.at) : window;
  const shown = outcome && ('granted' in outcome ? outcome.granted : outcome.renewed);
  if (shown && (shown.session !== session || shown.mode !== mode)) return [];
  const states: LockState[] = [];
  const granting = outcome && 'renewed' in outcome ? null : instants(when, [], own ? [...others, own] : others);
  if (granting && (!shown || shown.fence > state.fence)) {
    const lock = { session, mode, id: shown?.id ?? null, fence: shown?.fence ?? null, above: state.fence, ends: after(granting, ttl) };
    states.push(changed(state, [...others, ...(own ? [own] : [])], agreed(lock, shown)));
  }
  const renewing = own && !(outcome && 'granted' in outcome) ? instants(when, [own], others) : null;
  if (own && renewing) states.push(changed(state, [...others, own], agreed({ ...own, mode, ends: after(renewing, ttl) }, shown)));
  return states.filter(({ held }) => !held.includes(IMPOSSIBLE));
}

function renew(state: LockState, { session, id, ttl, outcome }: Of<'renew'>, window: Window): readonly LockState[] {
  const lock = state.held.find((one) => one.id === id);
  if (outcome === 'ended') return !lock || instants(window, [], [lock]) ? [state] : [];
  if (outcome && 'notOwner' in outcome) return refusedToOthers(state, session, id, outcome.notOwner, window);
  if (!lock || lock.session !== session) return [];
  const when = instants(outcome ? at(window, outcome.at) : window, [lock], []);
  if (!when) return [];
  const next = agreed({ ...lock, ends: after(when, ttl) }, outcome?.renewed ?? null);
  return next === IMPOSSIBLE ? [] : [changed(state, [lock], next)];
}

/** Releasing what has ended is a success, and changes nothing. */
function release(state: LockState, { session, id, outcome }: Of<'release'>, window: Window): readonly LockState[] {
  const lock = state.held.find((one) => one.id === id);
  if (outcome !== null && typeof outcome === 'object') return refusedToOthers(state, session, id, outcome.notOwner, window);
  if (!lock) return [state];
  if (outcome === 'expired') return instants(window, [], [lock]) ? [changed(state, [lock])] : [];
  return lock.session === session && instants(window, [lock], []) ? [changed(state, [lock])] : [];
}

const refusedToOthers = (state: LockState, session: string, id: string, holder: Shown, window: Window): readonly LockState[] =>
  holder.session !== session && holder.id === id ? observeOne(state, holder, window) : [];

function verify(state: LockState, { session, fence, outcome }: Of<'verify'>, window: Window): readonly LockState[] {
  if ('valid' in outcome) return outcome.valid.session === session && outcome.valid.fence === fence ? observeOne(state, outcome.valid, window) : [];
  const own = state.held.filter((lock) => lock.session === session && lock.fence === fence);
  const others = state.held.filter((lock) => !own.includes(lock));
  const { current } = outcome;
  if (current === null) return instants(window, [], state.held) ? [state] : [];
  return others.some((lock) => (lock.fence === null ? lock.above < current : lock.fence === current) && instants(window, [lock], own)) ? [state] : [];
}

/** Exactly these locks, of those that matter, are live at one instant. */
function observe(state: LockState, shown: readonly Shown[], matter: readonly Held[], window: Window): readonly LockState[] {
  const seen = new Map(shown.flatMap((one) => matter.flatMap((lock) => (lock.session === one.session ? [[lock, agreed(lock, one)] as const] : []))));
  if (seen.size < shown.length || [...seen.values()].includes(IMPOSSIBLE)) return [];
  const ended = matter.filter((lock) => !seen.has(lock));
  if (!instants(window, [...seen.values()], ended)) return [];
  if ([...seen].every(([lock, known]) => lock === known)) return [state];
  return [changed(state, [...seen.keys()], ...seen.values())];
}

/** This lock is live, whatever others are. */
const observeOne = (state: LockState, shown: Shown, window: Window): readonly LockState[] =>
  observe(
    state,
    [shown],
    state.held.filter(({ session }) => session === shown.session),
    window,
  );

const IMPOSSIBLE: Held = { session: '', mode: 'exclusive', id: null, fence: null, above: 0, ends: [0, 0] };

/** What is known of a lock, once an answer has shown it; the same lock, if it says nothing new. */
function agreed(lock: Held, shown: Shown | null): Held {
  if (
    !shown ||
    (lock.id === shown.id &&
      lock.fence === shown.fence &&
      lock.mode === shown.mode &&
      lock.ends[0] === shown.expires &&
      lock.ends[1] === shown.expires)
  )
    return lock;
  const same = (lock.id ?? shown.id) === shown.id && (lock.fence === null ? shown.fence > lock.above : lock.fence === shown.fence);
  if (!same || lock.mode !== shown.mode || shown.expires < lock.ends[0] || shown.expires > lock.ends[1]) return IMPOSSIBLE;
  return { ...lock, id: shown.id, fence: shown.fence, ends: [shown.expires, shown.expires] };
}

function changed({ fence, held }: LockState, gone: readonly Held[], ...come: readonly Held[]): LockState {
  return { fence: Math.max(fence, ...come.map((lock) => lock.fence ?? 0)), held: [...held.filter((lock) => !gone.includes(lock)), ...come] };
}

/** Those instants of a window at which all of some locks may be live; null if there is none, or others can't have run out yet. */
function instants({ from, to, latestOfAll }: Window, live: readonly Held[], ended: readonly Held[]): Moment | null {
  const latest = Math.min(to, ...live.map(({ ends }) => ends[1] - 1));
  return from <= latest && ended.every(({ ends }) => ends[0] <= latestOfAll) ? { from, to: latest } : null;
}

const at = (window: Window, instant: number): Window => ({ ...window, from: Math.max(window.from, instant), to: Math.min(window.to, instant) });
const after = ({ from, to }: Moment, ttl: number): readonly [number, number] => [from + ttl, to + ttl];
