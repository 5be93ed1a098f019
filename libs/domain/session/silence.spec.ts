import { staleAfter, statusAfterSilence } from './silence';

const MINUTE = 60_000;
const silence = { idleAfterMs: 5 * MINUTE, lostAfterMs: 30 * MINUTE, staleAfterMs: 120 * MINUTE };
const T0 = '2026-05-12T12:00:00.000Z';

test.each([
  [0, 'active'],
  [5 * MINUTE - 1, 'active'],
  [5 * MINUTE, 'idle'],
  [30 * MINUTE - 1, 'idle'],
  [30 * MINUTE, 'lost'],
])('after %d ms of silence a session is %s', (ms, status) => expect(statusAfterSilence(T0, Date.parse(T0) + ms, silence)).toBe(status));

test.each([
  [120, 30, 30],
  [10, 30, 10],
])('where locks are stale after %d min and sessions lost after %d min, a lock is stale after %d min of silence', (stale, lost, minutes) => {
  expect(staleAfter({ ...silence, staleAfterMs: stale * MINUTE, lostAfterMs: lost * MINUTE })).toBe(minutes * MINUTE);
});
