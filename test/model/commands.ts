import fc from 'fast-check';

/** What a session may do. `of` counts what there is so far (locks, messages, items, todos), from the first again after the last. */
export type Command =
  | { do: 'claim'; by: number; resource: string; mode: 'exclusive' | 'shared'; minutes: number }
  | { do: 'renew' | 'release' | 'verify' | 'break'; by: number; of: number }
  | { do: 'send'; by: number; to: number | null }
  | { do: 'read' | 'ack'; by: number; of: number }
  | { do: 'add item'; by: number; priority: number; after: number[] }
  | { do: 'set status'; of: number; status: 'pending' | 'in_progress' | 'blocked' | 'completed' | 'cancelled' }
  | { do: 'claim next'; by: number }
  | { do: 'add todo'; by: number }
  | { do: 'finish todo' | 'reopen todo'; by: number; of: number }
  | { do: 'end'; by: number }
  | { do: 'wait'; minutes: number }
  | { do: 'look' };

export const SESSIONS = 8;

/** Resources, and the paths of a small world that each is: two overlap where they share one. */
export const RESOURCES: Record<string, readonly string[]> = {
  a: ['a', 'a/b', 'a/b/d', 'a/c', 'a/d'],
  'a/b': ['a/b', 'a/b/d'],
  'a/*': ['a/b', 'a/c', 'a/d'],
  'a/?': ['a/b', 'a/c', 'a/d'],
  'a/**/d': ['a/d', 'a/b/d'],
  b: ['b', 'b/e'],
  'b/**': ['b', 'b/e'],
  'db:x': ['db:x'],
};

const by = fc.nat({ max: SESSIONS - 1 });
const of = fc.nat({ max: 30 });
const record = fc.record;
const one = <T>(value: T) => fc.constant(value);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: record({
      do: one('claim' as const),
      by,
      resource: fc.constantFrom(...Object.keys(RESOURCES)),
      mode: fc.constantFrom('exclusive' as const, 'shared' as const),
      minutes: fc.constantFrom(0, 20, 120),
    }),
  },
  { weight: 4, arbitrary: record({ do: fc.constantFrom('renew' as const, 'release' as const, 'verify' as const, 'break' as const), by, of }) },
  { weight: 3, arbitrary: record({ do: one('send' as const), by, to: fc.option(by) }) },
  { weight: 2, arbitrary: record({ do: fc.constantFrom('read' as const, 'ack' as const), by, of }) },
  { weight: 3, arbitrary: record({ do: one('add item' as const), by, priority: fc.nat({ max: 2 }), after: fc.array(of, { maxLength: 2 }) }) },
  {
    weight: 3,
    arbitrary: record({
      do: one('set status' as const),
      of,
      status: fc.constantFrom('pending' as const, 'in_progress' as const, 'blocked' as const, 'completed' as const, 'cancelled' as const),
    }),
  },
  { weight: 2, arbitrary: record({ do: one('claim next' as const), by }) },
  { weight: 1, arbitrary: record({ do: one('add todo' as const), by }) },
  { weight: 1, arbitrary: record({ do: fc.constantFrom('finish todo' as const, 'reopen todo' as const), by, of }) },
  { weight: 1, arbitrary: record({ do: one('end' as const), by }) },
  { weight: 2, arbitrary: record({ do: one('wait' as const), minutes: fc.constantFrom(1, 10, 25, 45) }) },
  { weight: 1, arbitrary: record({ do: one('look' as const) }) },
);

/** What eight sessions do one after the other. */
export const commands = fc.array(command, { minLength: 4, maxLength: 24 });
