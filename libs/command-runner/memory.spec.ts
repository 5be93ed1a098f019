import type { Decider, DomainEvent } from '@coord/domain/decider';
import type { NewEvent } from '@coord/event-store/index';
import { type Folded, fold, fromJson, KEY_LIFETIME, KEY_REMEMBERED, recall, toJson, unwritten } from './memory';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const decider: Decider<number, never, DomainEvent> = {
  initialState: 0,
  decide: () => [],
  evolve: (count) => count + 1,
  snapshot: { schema: 1, every: () => 10, toJson: (count) => count, fromJson: (json) => json as number },
};

/** An event that was written under a key so many milliseconds after T0. */
const under = (scope: string, after: number, { body = 'same', type = 'Counted' } = {}): NewEvent => ({
  id: `${scope} ${after}`,
  type,
  data: {},
  metadata: {
    ...{ actor: null, at: new Date(T0 + after).toISOString(), project_key: null, causation_id: null, correlation_id: null, schema: 1 },
    idempotency: { scope, body, answer: { status: 200, body: null } },
  },
});
const folded = (...events: NewEvent[]): Folded<number> => events.reduce((before, event) => fold(decider, before, event), unwritten(0));
const recalled = ({ keys }: Folded<number>, scope: string, after: number, body = 'same') => recall(keys, scope, body, T0 + after);

describe('a key', () => {
  test('that never came is new', () => expect(recalled(folded(), 'k', 0)).toBe('new'));
  test('leads to the event that holds its answer', () => {
    expect(recalled(folded(under('other', 0), under('k', 1)), 'k', 2)).toMatchObject({ revision: 1 });
  });
  test('with another body is refused', () => expect(recalled(folded(under('k', 0)), 'k', 1, 'different')).toBe('reused'));
  test('is remembered until the instant at which it is a day old', () => {
    const stream = folded(under('k', 0));
    expect(recalled(stream, 'k', KEY_LIFETIME - 1)).toMatchObject({ revision: 0 });
    expect(recalled(stream, 'k', KEY_LIFETIME)).toBe('new');
    expect(recalled(stream, 'k', KEY_LIFETIME, 'different')).toBe('new');
  });
  test('that comes again after a day is remembered for another day', () => {
    const stream = folded(under('k', 0), under('k', KEY_LIFETIME, { body: 'different' }));
    expect(recalled(stream, 'k', 2 * KEY_LIFETIME - 1, 'different')).toMatchObject({ revision: 1 });
  });
  test('that is a day old goes when another comes, and only that', () => {
    const stream = folded(under('old', 0), under('young', 1), under('new', KEY_LIFETIME));
    expect([...stream.keys.keys()]).toEqual(['young', 'new']);
  });
  const YEAR = 365 * KEY_LIFETIME;
  const hourly = (count: number, from = 0) =>
    Array.from({ length: count }, (_, hour) => under(`${from + hour} h`, ((from + hour) * KEY_LIFETIME) / 24));

  test('is not forgotten because of another one under a clock that is far ahead', () => {
    const stream = folded(...hourly(20), under('ahead', YEAR));
    for (let hour = 0; hour < 20; hour += 1) expect(recalled(stream, `${hour} h`, KEY_LIFETIME - 1)).toMatchObject({ revision: hour });
  });
  test('goes in its time, although the clock was far ahead for a while', () => {
    const stream = folded(...hourly(20), under('ahead', YEAR), under('ahead, too', YEAR + 1), ...hourly(480, 20));
    expect(stream.keys.size).toBeLessThanOrEqual(24);
    expect([...stream.keys.keys()].at(-1)).toBe('499 h');
  });
  test('that came while the clock was far ahead is remembered for a day all the same', () => {
    const stream = folded(under('first', 0), under('ahead', YEAR), ...hourly(24, 1));
    expect(recalled(stream, 'ahead', KEY_LIFETIME)).toMatchObject({ revision: 1 });
  });
  test('goes also where each comes days after the last one', () => {
    const stream = folded(...Array.from({ length: 100 }, (_, i) => under(`${i}`, 3 * i * KEY_LIFETIME)));
    expect(stream.keys.size).toBeLessThan(4);
  });
  test('of a command that changed nothing is remembered, and the state is as it was', () => {
    const stream = folded(under('k', 0, { type: KEY_REMEMBERED }));
    expect(stream).toMatchObject({ state: 0, revision: 0 });
    expect(recalled(stream, 'k', 1)).toMatchObject({ revision: 0 });
  });
});

test('a snapshot keeps state and keys', () => {
  const stream = folded(under('a', 0), under('b', 1));
  const thawed = fromJson(decider, stream.revision, JSON.parse(JSON.stringify(toJson(decider, stream))));
  expect(thawed).toMatchObject({ state: 2, revision: 1 });
  expect([...thawed.keys]).toEqual([...stream.keys]);
});
