import { Failure } from './failure';
import { momentOf } from './moment';

const NOW = Date.parse('2026-05-12T15:30:00.000Z');

test.each([
  ['1024', '1024'],
  ['2h', '2026-05-12T13:30:00.000Z'],
  ['1.5d', '2026-05-11T03:30:00.000Z'],
  ['90s', '2026-05-12T15:28:30.000Z'],
  ['2026-05-12', '2026-05-12T00:00:00.000Z'],
  ['2026-05-12T17:30:00+02:00', '2026-05-12T15:30:00.000Z'],
])('%s is %s', (text, moment) => {
  expect(momentOf(text, NOW)).toBe(moment);
});

test.each(['', 'yesterday', '2 hours', '-1', '2026-13-40', '12345678901234567'])('%j is no moment', (text) => {
  expect(() => momentOf(text, NOW)).toThrow(Failure);
});
