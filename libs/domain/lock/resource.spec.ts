import fc from 'fast-check';
import { MAX_PATH_LENGTH, MAX_PATTERN_LENGTH, parseResource, type Resource } from './resource';

const parsed = (text: string): Resource => {
  const resource = parseResource(text);
  if ('invalid' in resource) throw new Error(resource.invalid);
  return resource;
};

describe('the normal form', () => {
  test.each([
    ['src/a.ts', 'src/a.ts'],
    ['.\\src\\.\\a//b.ts', 'src/a/b.ts'],
    ['/src/a.ts', 'src/a.ts'],
    ['docs/', 'docs'],
    ['docs//', 'docs'],
    ['a\\b\\', 'a/b'],
    ['a..b/c', 'a..b/c'],
    ['.../..c', '.../..c'],
    ['C:\\work\\a.ts', 'C:/work/a.ts'],
    [' a', ' a'],
    ['src/.a', 'src/.a'],
    ['12:30', '12:30'],
    ['src/db:users', 'src/db:users'],
  ])('of the plain path %j is %j', (text, normal) => {
    expect(parsed(text)).toEqual({ kind: 'plain', text: normal, segments: normal.split('/') });
  });

  test.each([
    ['/x/./*/**', 'x/*/**', ['x']],
    ['docs/*/', 'docs/*/**', ['docs']],
    ['docs\\*\\', 'docs/*/**', ['docs']],
    ['**/', '**/**', []],
    ['src/a/b*/c', 'src/a/b*/c', ['src', 'a']],
    ['app/[id]/page.tsx', 'app/[id]/page.tsx', ['app']],
    ['a**b', 'a**b', []],
  ])('of the pattern %j is %j, and the names before its wildcards are %j', (text, normal, literalPrefix) => {
    expect(parsed(text)).toMatchObject({ kind: 'pattern', text: normal, literalPrefix });
  });

  test.each(['db:schema:users', 'git:push', 'DB:*', 'db:{a,b}', 'db:../x', 'db:\\\\x//y/./', 'db:'])('of the key %j is itself, untouched', (text) => {
    expect(parsed(text)).toEqual({ kind: 'opaque', text });
  });

  test.each(['/db:x', './db:x', '.\\\\db:x/'])('of the path %j is not a key', (text) => {
    expect(parsed(text)).toEqual({ kind: 'plain', text: './db:x', segments: ['db:x'] });
  });

  test('gives itself when it is parsed again', () => {
    const piece = fc.constantFrom('a', 'db:', '/', '\\', '.', '..', '*', '**', '?', '[', ']', '!', '{', '}', ',', 'é', '😀');
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (sent) => {
        const resource = parseResource(sent);
        fc.pre(!('invalid' in resource));
        expect(parsed(resource.text)).toEqual(resource);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('brackets and braces without their counterpart are literal', () => {
  test.each(['a[b', 'a]b', '[]', '[!]', 'a{b', 'a}b', '{a,b', 'a,b}', '{a/b}', '{a/b,c}', '[a/b]', '(a|b)', '!a', '@(a)', '^', 'a+'])(
    '%j is a plain path',
    (text) => {
      expect(parsed(text).kind).toBe('plain');
    },
  );
});

describe('refused with a sentence', () => {
  test.each(['../a', 'a/..', 'a/../b', '..', '..\\a', 'a\\..\\b', 'src/**/../x', '*/..'])('%j, because of `..`', (text) => {
    expect(parseResource(text)).toEqual({ invalid: expect.stringMatching(/`\.\.`.*\.$/) });
  });

  test.each(['', '/', '.', './', '\\', './/.\\.'])('%j, because nothing is left', (text) => {
    expect(parseResource(text)).toEqual({ invalid: expect.stringMatching(/names nothing.*\.$/) });
  });

  test.each(['a\0b', 'a\ud800', '\udc00*', 'db:\ud800'])('%j, because no path holds such a character', (text) => {
    expect(parseResource(text)).toEqual({ invalid: expect.stringMatching(/surrogate.*\.$/) });
  });

  test('a pattern with more than 32 wildcards', () => {
    expect(parseResource(Array.from({ length: 33 }, () => '*').join('/'))).toEqual({ invalid: expect.stringMatching(/33 wildcards.*\.$/) });
  });

  test('a pattern with more than 1,024 characters', () => {
    expect(parseResource(`${'a'.repeat(MAX_PATTERN_LENGTH)}*`)).toEqual({ invalid: expect.stringMatching(/pattern is 1025 characters.*\.$/) });
  });

  test.each(['a', 'db:', '*'])('what starts with %j and is longer than any path', (start) => {
    expect(parseResource(start + 'a'.repeat(MAX_PATH_LENGTH))).toEqual({ invalid: expect.stringMatching(/characters long.*\.$/) });
  });
});

describe('the bounds', () => {
  test.each([
    ['a*', 32],
    ['?', 32],
    ['[ab]', 32],
    ['[*?{}]', 32],
    ['{a,b,c,d}', 32],
    ['a**', 32],
    ['a***', 16],
    ['{*,?}', 10],
    ['{a,{b,c}}', 16],
    ['**/', 31],
  ])('count %j so that %i of it are allowed', (part, allowed) => {
    expect(parseResource(part.repeat(allowed))).not.toHaveProperty('invalid');
    expect(parseResource(part.repeat(allowed + 1))).toHaveProperty('invalid');
  });

  test('hold after normalising: what is dropped does not count', () => {
    expect(parsed(`${'./'.repeat(3_000)}${'a'.repeat(MAX_PATTERN_LENGTH - 1)}*`).text).toHaveLength(MAX_PATTERN_LENGTH);
  });

  test('hold after normalising: what a trailing slash adds does count', () => {
    expect(parseResource(`${'a'.repeat(MAX_PATTERN_LENGTH - 3)}*/`)).toHaveProperty('invalid');
    expect(parseResource(`${'a'.repeat(MAX_PATTERN_LENGTH - 4)}*/`)).not.toHaveProperty('invalid');
  });

  test('count characters, not their units', () => {
    expect(parseResource(`${'😀'.repeat(MAX_PATTERN_LENGTH - 1)}*`)).not.toHaveProperty('invalid');
    expect(parseResource(`${'😀'.repeat(MAX_PATTERN_LENGTH)}*`)).toHaveProperty('invalid');
  });

  test('do not count literal brackets and braces', () => {
    expect(parsed('{'.repeat(MAX_PATH_LENGTH)).kind).toBe('plain');
    expect(parsed('['.repeat(MAX_PATH_LENGTH)).kind).toBe('plain');
  });

  test('hold for braces nested as deep as a body can carry', () => {
    expect(parseResource('{'.repeat(500_000) + '}'.repeat(500_000))).toHaveProperty('invalid');
    expect(parseResource('{'.repeat(500) + '}'.repeat(500))).toHaveProperty('invalid');
  });
});
