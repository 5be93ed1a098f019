import fc from 'fast-check';
import { instantMs, isInstant, isPlainJsonObject, isTextual, MAX_JSON_DEPTH, utcMillis } from './values';

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
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['1900-12-31T23:59:59Z', '1900-12-31T23:59:59.000Z'],
  ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z'],
  ['20261122T140000Z', '2026-11-22T14:00:00.000Z'],
  ['20261122T140000,25+0200', '2026-11-22T12:00:00.250Z'],
  ['20261122T1400-02', '2026-11-22T16:00:00.000Z'],
  ['2026-11-22T14Z', '2026-11-22T14:00:00.000Z'],
  ['2026-11-22T14,5+02', '2026-11-22T12:30:00.000Z'],
  ['2026-12-31T24:00:00Z', '2027-01-01T00:00:00.000Z'],
])('%s is %s', (text, utc) => expect(utcMillis(text)).toBe(utc));

it.each([
  '',
  'yesterday',
  '2026-05-12',
  '2026-05-12T15:30:00',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-05-12T24:00:00.001Z',
  '2026-05-12T25:00Z',
  '2026-05-12T15:60:00Z',
  '2026-05-12T15:30:00+25:00',
  '1747063800',
  '20261122',
  '20261122140000Z',
  '2026-11-22T140000Z',
  '20261122T14:00:00Z',
  '2026-W47-7T14:00:00Z',
  '2026-326T14:00:00Z',
  '0000-12-31T23:59:59Z',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59-00:01',
])('"%s" is no time', (text) => expect(isInstant(text)).toBe(false));

const moment = fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T23:59:59.999Z'), noInvalidDate: true });
const offset = fc.record({ minutes: fc.integer({ min: -1_439, max: 1_439 }), colon: fc.boolean() });
const two = (n: number) => String(n).padStart(2, '0');
const written = ({ minutes, colon }: { minutes: number; colon: boolean }) =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${colon ? ':' : ''}${two(Math.abs(minutes) % 60)}`;

it('a moment is the same at every offset, with separators and without', () => {
  fc.assert(
    fc.property(moment, offset, fc.boolean(), (date, zone, basic) => {
      const local = new Date(date.getTime() + zone.minutes * 60_000).toISOString().slice(0, -1);
      expect(instantMs(`${basic ? local.replaceAll(/[-:]/g, '') : local}${written(zone)}`)).toBe(date.getTime());
    }),
  );
});

it('days are those that the calendar has', () => {
  const part = (max: number) => fc.integer({ min: 0, max });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999 }), part(13), part(32), (year, month, day) => {
      const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T00:00:00.000Z`;
      const parsed = new Date(text);
      const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString() === text;
      expect(instantMs(text)).toBe(exists ? parsed.getTime() : null);
    }),
  );
});

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
