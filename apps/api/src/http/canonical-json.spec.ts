import fc from 'fast-check';
import { bodyHash, canonicalJson } from './canonical-json';
import { Refused } from './problems';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  );
};

it('the order of keys does not matter, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('the order of a list matters', () => {
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

it('no body, null and {} are the same, and so are no query and an empty one', () => {
  expect(new Set([bodyHash(undefined, undefined), bodyHash({}, null), bodyHash(undefined, {}), bodyHash({}, undefined)]).size).toBe(1);
  expect(bodyHash({ a: '1' }, undefined)).not.toBe(bodyHash(undefined, { a: '1' }));
});

it('what is nested too deep is refused', () => {
  expect(() => bodyHash({}, JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)))).toThrow(Refused);
});
