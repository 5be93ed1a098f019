import { derivedId } from './derived-id';

test('a derived id is a UUID of version 8 that its parts alone decide', () => {
  expect(derivedId('a', 'b')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(derivedId('a', 'b')).toBe(derivedId('a', 'b'));
});

test('no part runs into the next', () => {
  const ids = [derivedId('ab', 'c'), derivedId('a', 'bc'), derivedId('abc'), derivedId('a","b', 'c'), derivedId('a', 'b","c')];
  expect(new Set(ids).size).toBe(ids.length);
});
