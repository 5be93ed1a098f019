import fc from 'fast-check';
import { parseResource, type Resource } from './resource';
import { literalPrefixOf, ResourceIndex } from './resource-index';
import { overlaps } from './resource-overlap';

const parsed = (text: string): Resource => {
  const resource = parseResource(text);
  if ('invalid' in resource) throw new Error(resource.invalid);
  return resource;
};

const indexOf = (...texts: string[]): ResourceIndex => texts.reduce((index, text) => index.add(parsed(text), text), ResourceIndex.empty());
const found = (index: ResourceIndex, text: string): string[] => [...index.overlapping(parsed(text))].sort();

const LIVE = ['src', 'src/a/b', 'src/a/*', 'lib/a', 'lib/*.ts', '**/x', 'db:users', './db:users'];

test.each([
  ['src/a', ['**/x', 'src', 'src/a/*', 'src/a/b']],
  ['lib', ['**/x', 'lib/*.ts', 'lib/a']],
  ['*/a', ['./db:users', 'lib/a', 'src']],
  ['lib/x', ['**/x']],
  ['db:users', ['db:users']],
  ['db:*', []],
  ['./db:users', ['**/x', './db:users']],
  ['doc/[!x]', []],
])('%j overlaps what is at, above and below its literal prefix, if it meets it', (text, expected) => {
  expect(found(indexOf(...LIVE), text)).toEqual(expected);
});

test('many ids may stand for the same resource', () => {
  const index = ResourceIndex.empty().add(parsed('a'), 'one').add(parsed('a'), 'other').add(parsed('db:a'), 'one').add(parsed('db:a'), 'other');
  expect(found(index, 'a')).toEqual(['one', 'other']);
  expect(found(index.remove(parsed('a'), 'one'), 'a')).toEqual(['other']);
  expect(found(index.remove(parsed('db:a'), 'one'), 'db:a')).toEqual(['other']);
});

test('removing what is not there changes nothing', () => {
  const index = indexOf('src/a', 'db:users');
  for (const text of ['src', 'src/a/b', 'db:other', '**']) expect(index.remove(parsed(text), text)).toBe(index);
});

test('an index from which all was removed holds no trace of it', () => {
  const emptied = LIVE.reduce((index, text) => index.remove(parsed(text), text), indexOf(...LIVE));
  expect(emptied.isEmpty).toBe(true);
});

test('the deepest path can be added and found', () => {
  const deepest = Array.from({ length: 2_048 }, () => 'a').join('/');
  expect(found(indexOf(deepest), 'a/a')).toEqual([deepest]);
});

test.each([
  ['src/a.ts', 'src/a.ts'],
  ['src/a/*.ts', 'src/a'],
  ['src/*/', 'src'],
  ['**/x', ''],
  ['db:*', 'db:*'],
])('the literal prefix of %j is %j', (text, prefix) => {
  expect(literalPrefixOf(parsed(text))).toBe(prefix);
});

describe('with any resources added and removed', () => {
  const segment = fc.constantFrom('a', 'b', 'c', '*', '**', '?', '[!a]', 'a*', '{a,b}');
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
  const resource = fc.oneof({ weight: 9, arbitrary: path }, { weight: 1, arbitrary: fc.constantFrom('db:a', 'db:b', 'db:*') }).map(parsed);
  const change = fc.record({ resource, removes: fc.option(fc.nat(), { nil: undefined }) });

  test('every version finds what a look at each of its resources finds, also after later changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.array(resource, { minLength: 1, maxLength: 5 }), (changes, questions) => {
        const live = new Map<string, Resource>();
        let index = ResourceIndex.empty();
        const versions = [{ index, live: new Map(live) }];
        for (const [at, { resource, removes }] of changes.entries()) {
          const [id, gone] = [...live][removes === undefined ? -1 : removes % live.size] ?? [];
          if (id !== undefined && gone) {
            index = index.remove(gone, id);
            live.delete(id);
          } else {
            index = index.add(resource, `${at}`);
            live.set(`${at}`, resource);
          }
          versions.push({ index, live: new Map(live) });
        }
        for (const version of versions) {
          for (const question of questions) {
            const expected = [...version.live].filter(([, resource]) => overlaps(resource, question)).map(([id]) => id);
            expect([...version.index.overlapping(question)].sort()).toEqual(expected.sort());
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('two that overlap have literal prefixes of which one is at or above the other', () => {
    fc.assert(
      fc.property(resource, resource, (one, other) => {
        fc.pre(overlaps(one, other));
        const [shorter = '', longer = ''] = [literalPrefixOf(one), literalPrefixOf(other)].sort((a, b) => a.length - b.length);
        expect(shorter === '' || `${longer}/`.startsWith(`${shorter}/`)).toBe(true);
      }),
    );
  });
});
