import { momentOf } from './times';

const at = Date.parse('2025-11-15T18:00:00.000Z');

test.each([
  ['2025-11-15T18:00:00Z', at],
  ['2025-11-15T18:00:00.123456+00:00', at + 123],
  ['2025-11-15T19:00:00+0100', at],
  ['2025-11-15T18:00:00', at],
  ['2025-11-15 18:00 UTC', at],
  ['2025-11-15 10:00:00 PST', at],
  ['20251115T180000Z', at],
  ['20251115_180000', at],
  ['2025-11-15', at - 18 * 3_600_000],
  ['Sat Nov 15 18:00:00 UTC 2025', at],
  ['Sat Nov 15 06:00:00 PM UTC 2025', at],
  ['Sat, 15 Nov 2025 18:00:00 +0000', at],
  ['Nov 15, 2025 6:00 PM', at],
  [at / 1_000, at],
  [at / 1_000 + 0.5, at + 500],
  [at, at],
  [String(at / 1_000), at],
  [`${at}000`, at],
])('%p is understood', (written, expected) => {
  expect(momentOf(written)).toBe(expected);
});

test.each([
  ['soon'],
  [''],
  ['2025-13-01'],
  ['2025-02-30'],
  ['2025-11-15 25:00'],
  ['Sat Nov 15 18:00:00 XYZT 2025'],
  [0],
  [Number.NaN],
  [null],
  [{}],
  [true],
])('%p is no moment', (written) => {
  expect(momentOf(written)).toBeNull();
});
