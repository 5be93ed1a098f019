import { roughBytes } from './rough-bytes';

const MEGABYTE = 'x'.repeat(1_000_000);

test.each([
  ['a text', MEGABYTE],
  ['a text deep within', { a: [{ b: MEGABYTE }] }],
  ['a name', { [MEGABYTE]: 1 }],
  ['many texts', { list: Array.from({ length: 1_000 }, () => 'x'.repeat(1_000)) }],
])('%s of a megabyte takes about one', (_, value) => {
  expect(roughBytes(value)).toBeGreaterThanOrEqual(1_000_000);
  expect(roughBytes(value)).toBeLessThan(1_050_000);
});

test('what is small takes a few bytes', () => {
  for (const value of [null, undefined, 1, true, '', [], {}]) expect(roughBytes(value)).toBe(8);
  expect(roughBytes({ name: 'value' })).toBe(25);
});

test('data that is nested deeply is measured, too', () => {
  let deep: object = {};
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  expect(roughBytes(deep)).toBeGreaterThan(1_000_000);
});
