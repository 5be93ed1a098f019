import { Pace } from './pace';

/** The rest after the last of these batches: `[events, ms until it begins, ms that it takes]`. */
function restAfter(...batches: [events: number, gatheredMs: number, tookMs: number][]): number {
  let now = 0;
  const pace = new Pace(() => now);
  for (const [events, gatheredMs, tookMs] of batches) {
    now += gatheredMs;
    pace.begin(events);
    now += tookMs;
  }
  return pace.restMs;
}
const few: [number, number, number] = [30, 20, 10];
const many: [number, number, number] = [400, 50, 40];

test('a thousand events a second rest as long as one', () => {
  expect(restAfter(few, few, few)).toBe(restAfter([1, 5_000, 10]));
});

test('many thousand events a second rest longer', () => {
  expect(restAfter(many, many, many)).toBeGreaterThan(restAfter(few, few, few));
});

test('many events after a halt rest no longer than usual', () => {
  expect(restAfter(few, few, [200, 190, 10])).toBe(restAfter(few, few, few));
});

test('one full batch among others rests no longer than usual', () => {
  expect(restAfter(few, few, [70, 20, 10])).toBe(restAfter(few, few, few));
});

test('the time that a batch took is not waited for once more', () => {
  expect(restAfter(few, few, [30, 20, 25])).toBe(restAfter(few, few, few) - 15);
  expect(restAfter(few, few, [30, 20, 500])).toBe(0);
});
