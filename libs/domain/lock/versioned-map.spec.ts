import fc from 'fast-check';
import { VersionedMap } from './versioned-map';

const change = fc.record({ from: fc.nat(), key: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.option(fc.nat(), { nil: undefined }) });

test('every version stays as it was, from whichever one others were made', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const versions = [{ map: VersionedMap.empty<string, number>(), plain: new Map<string, number>() }];
      for (const { from, key, value } of changes) {
        const { map, plain } = versions[from % versions.length] ?? { map: VersionedMap.empty<string, number>(), plain: new Map<string, number>() };
        const next = new Map(plain);
        if (value === undefined) next.delete(key);
        else next.set(key, value);
        versions.push({ map: value === undefined ? map.delete(key) : map.set(key, value), plain: next });
      }
      for (const { map, plain } of versions) {
        expect(map.size).toBe(plain.size);
        expect(map.values().sort()).toEqual([...plain.values()].sort());
        for (const key of ['a', 'b', 'c', 'd']) expect(map.get(key)).toBe(plain.get(key));
      }
    }),
    { numRuns: 300 },
  );
});

test('two maps that begin with the empty one have nothing to do with each other', () => {
  const empty = VersionedMap.empty<string, number>();
  const [one, other] = [empty.set('a', 1), empty.set('a', 2)];
  expect([empty.size, one.get('a'), other.get('a')]).toEqual([0, 1, 2]);
});
