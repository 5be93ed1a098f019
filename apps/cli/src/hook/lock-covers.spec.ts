import { parseResource, type Resource } from '@coord/domain/lock/resource';
import { overlaps } from '@coord/domain/lock/resource-overlap';
import fc from 'fast-check';
import { lockCovers } from './lock-covers';

const parsed = (text: string): Resource => {
  const resource = parseResource(text);
  if ('invalid' in resource) throw new Error(resource.invalid);
  return resource;
};

const patterns = fc
  .array(
    fc.array(fc.constantFrom('a', 'b', '.', 'a-b', '*', '**', '?', '[ab]', '[!a]', '[', ']', '{', '}', ',', '{a,b*}', '{,a}'), {
      minLength: 1,
      maxLength: 5,
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((segments) => segments.map((pieces) => pieces.join('')).join('/'))
  .filter((text) => !('invalid' in parseResource(text)));
const paths = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', '.', '😀'), minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
  .filter((names) => names.every((name) => name !== '.' && name !== '..'))
  .map((names) => names.join('/'));

/** A file as a resource: a pattern that only its path matches, since a plain path is also everything below it, and a file has nothing there. */
const fileAt = (path: string): Resource => parsed(path.replace(/[^/]+$/, '{$&}'));

test('a lock is on a file exactly when the engine says that they overlap', () => {
  fc.assert(
    fc.property(patterns, paths, (pattern, path) => {
      const lock = parsed(pattern);
      expect([lock.text, path, lockCovers(lock.text)(path)]).toEqual([lock.text, path, overlaps(lock, fileAt(path))]);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['src', 'src/a.ts', true],
  ['src', 'src2/a.ts', false],
  ['src/*.ts', 'src/a b.ts', true],
  ['src/**', 'src', true],
  ['app/[id]/**', 'app/[id]/page.tsx', true],
  ['app/[id]/page.tsx', 'app/[id]/page.tsx', true],
  ['./db:x', 'db:x', true],
  ['db:x', 'db:x', false],
])('%s on %s: %s', (lock, path, expected) => {
  expect(lockCovers(lock)(path)).toBe(expected);
});

test('a pattern of many wildcards takes no longer than any other', () => {
  expect(lockCovers('*a'.repeat(16))(`${'a'.repeat(255)}b`)).toBe(false);
});
