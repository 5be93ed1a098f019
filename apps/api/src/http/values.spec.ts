import { isInstant, isPlainJsonObject, isTextual, MAX_JSON_DEPTH, utcMillis } from './values';

it.each([
  ['2026-05-12T15:30:00.000Z', '2026-05-12T15:30:00.000Z'],
  ['2026-05-12T15:30:00Z', '2026-05-12T15:30:00.000Z'],
  ['2026-05-12T15:30Z', '2026-05-12T15:30:00.000Z'],
  ['2026-05-12 15:30:00z', '2026-05-12T15:30:00.000Z'],
  ['2026-05-12T15:30:00.123456+00:00', '2026-05-12T15:30:00.123Z'],
  ['2026-05-12T15:30:00,5+02:00', '2026-05-12T13:30:00.500Z'],
  ['2026-01-01T00:30:00+0530', '2025-12-31T19:00:00.000Z'],
  ['2026-05-12T15:30:00-07', '2026-05-12T22:30:00.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is %s', (text, utc) => expect(utcMillis(text)).toBe(utc));

it.each([
  '',
  'yesterday',
  '2026-05-12',
  '2026-05-12T15:30:00',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-05-12T24:00:00Z',
  '2026-05-12T15:60:00Z',
  '2026-05-12T15:30:00+25:00',
  '1747063800',
])('"%s" is no time', (text) => expect(isInstant(text)).toBe(false));

it('lengths count characters, not their halves', () => {
  expect(isTextual('😀'.repeat(5), { max: 5 })).toBe(true);
  expect(isTextual('😀'.repeat(6), { max: 5 })).toBe(false);
});

it('a text holds no NUL and no half of a pair', () => {
  for (const text of ['\0', 'a\0b', '\ud83d', '\ude00\ud83d']) expect(isTextual(text)).toBe(false);
  for (const text of ['', '😀', '\u0001\u001b\u0085', '\uffff']) expect(isTextual(text)).toBe(true);
});

const nested = (levels: number): object => (levels === 1 ? {} : { x: nested(levels - 1) });

it('JSON is plain up to a depth', () => {
  expect(isPlainJsonObject(nested(MAX_JSON_DEPTH))).toBe(true);
  expect(isPlainJsonObject(nested(MAX_JSON_DEPTH + 1))).toBe(false);
});

it('JSON is plain when every key, string and number of it can be stored', () => {
  for (const value of [{ '\0': 1 }, { a: ['\0'] }, { a: { b: '\ud800' } }, JSON.parse('{"a": 1e999}'), [], null, 'text'])
    expect(isPlainJsonObject(value)).toBe(false);
  expect(isPlainJsonObject(JSON.parse('{"__proto__": {"a": [1, "x", null, true]}}'))).toBe(true);
});
