import fc from 'fast-check';
import { parseResource, type Resource } from './resource';
import { overlaps } from './resource-overlap';

const parsed = (text: string): Resource => {
  const resource = parseResource(text);
  if ('invalid' in resource) throw new Error(resource.invalid);
  return resource;
};

const overlap = (one: string, other: string): boolean => overlaps(parsed(one), parsed(other));

const expectOverlap = (one: string, other: string, expected: boolean): void => {
  expect(overlap(one, other)).toBe(expected);
  expect(overlap(other, one)).toBe(expected);
};

describe('the rules of the protocol', () => {
  test.each([
    // plain paths
    ['src/a.ts', 'src/a.ts', true],
    ['src/a.ts', 'src/b.ts', false],
    ['src/a', 'src/a/b', true], // a path is itself and everything below…
    ['src', 'src/a/b/c.ts', true],
    ['src', 'src2/a', false],
    ['src', 'lib/src', false],
    ['a.ts', 'src/a.ts', false], // …and no suffix
    ['a.b', 'axb', false], // a dot is a dot, not "any character"
    ['a+b(c)|d$^', 'a+b(c)|d$^', true], // nor is anything else of a regular expression special
    ['(a|b)', 'a', false],
    ['@(a|b).ts', 'a.ts', false], // there are no "extended" globs
    ['!a.ts', 'b.ts', false], // and no negation
    [' a', 'a', false], // strings are kept as sent
    ['é', 'e\u0301', false], // composed and decomposed are two names

    // case
    ['src/A.ts', 'src/a.ts', false],

    // normal form
    ['src\\a.ts', 'src/a.ts', true],
    ['src\\*.ts', 'src/a.ts', true], // a backslash separates; it does not escape
    ['./src/a.ts', 'src/a.ts', true],
    ['src//a.ts', 'src/a.ts', true],
    ['/src/a.ts', 'src/a.ts', true],
    ['.\\src\\.\\\\a.ts', 'src/a.ts', true],
    ['src/.a.ts', 'src/a.ts', false], // only a segment that is `.` is dropped

    // * and ? stay inside a segment
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/a/b.ts', false],
    ['src/*', 'src/.env', true], // no exception for names that begin with a dot
    ['src/a*', 'src/a', true], // * is also nothing
    ['src/a?', 'src/a', false], // ? is exactly one character
    ['src/a?', 'src/ab', true],
    ['a*b', 'a/b', false],

    // two patterns
    ['src/*/a.ts', 'src/b/*.ts', true],
    ['src/*.ts', 'src/a*', true],
    ['a*', '*b', true],
    ['a*b', '*c', false],
    ['*a*', '*b*', true],
    ['a*a', 'a', false], // the two a are two characters

    // ** crosses segments, also none
    ['**', 'a/b/c', true],
    ['src/**', 'src/a/b/c.ts', true],
    ['src/**', 'src', true],
    ['src/**', 'src2/a', false],
    ['**/a.ts', 'a.ts', true],
    ['**/a.ts', 'x/y/a.ts', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['a/**', '**/b', true],
    ['a/**/b', 'c/**', false],
    ['a/**/c/*', 'a/b/**/d', true],
    ['a/**/b/**/c', 'a/c', true], // a/c/b/c is below a/c
    ['a/**/b/**/c', 'a/c?', false],
    ['*/**/x', 'x', true], // x/x is below x
    ['*/**/x', 'y', true], // and y/x below y
    ['*/**/x.*', '*.ts', false], // one segment at least before x, and a pattern is only what it matches
    ['**/*.ts', 'src/*.js', false],

    // what a pattern matches is that alone; a trailing slash adds what is below
    ['src/*', 'src/a/b.ts', false],
    ['src/*', 'src', true],
    ['src/*/', 'src/a/b.ts', true],
    ['src/*/', 'src/a', true],
    ['a/b/', 'a/b', true],
    ['a/b/', 'a/b/c/d', true],
    ['a/b/', 'a/bc', false],
    ['a\\b\\', 'a/b/c', true],

    // alternatives
    ['{a,b}.ts', 'b.ts', true],
    ['{a,b}.ts', 'c.ts', false],
    ['{a,b}.ts', '{b,c}.ts', true],
    ['{*.ts,*.js}', 'a.js', true],
    ['a.{ts,tsx}', 'a.ts?', true],
    ['{a,{b,c}d}', 'cd', true],
    ['src/{a,b}/**', 'src/b/x/y', true],

    // classes
    ['[a-f]x', 'cx', true],
    ['[a-f]x', 'gx', false],
    ['[!a-f]x', 'cx', false],
    ['[!a-f]x', 'gx', true],
    ['[a-m]', '[m-z]', true],
    ['[a-m]', '[n-z]', false],
    ['a[*]', 'ab', false], // inside a class * is a character
    ['a[*]', 'a*', true],
    ['a[!b]c', 'a/c', false], // no class crosses a slash
    ['app/[id]/page.tsx', 'app/i/page.tsx', true],

    // keys with a scheme are opaque
    ['db:schema:users', 'db:schema:users', true],
    ['db:*', 'db:users', false],
    ['db:*', 'db:*', true],
    ['db:{a,b}', 'db:a', false],
    ['git:push', '*', false],
    ['git:push', '**', false],
  ])('%j and %j overlap: %j', expectOverlap);
});

describe('names are never empty, `.` or `..`', () => {
  test.each([
    ['{a,}b', 'b', true],
    ['a/{,b}', 'a/*', true],
    ['a/{}', 'a/*', false],
    ['a/{}', 'a', false],
    ['[.]', '?', false],
    ['.?', '?.', false],
    ['.??', '??.', true],
    ['.*', '*.', true],
    ['.*', '?', false],
    ['**/{.,..}', '**', false],
    ['[z-a]/**', 'a', false],
  ])('%j and %j overlap: %j', expectOverlap);
});

describe('classes', () => {
  test.each([
    ['[]a]', ']', true],
    ['[!]a]', ']', false],
    ['[!]a]', 'b', true],
    ['[a-]', '-', true],
    ['[-a]', '-', true],
    ['[a-c-e]', 'd', false],
    ['[a-c-e]', '-', true],
    ['[^a]', '^', true],
    ['[^a]', 'b', false],
    ['[a!]', '!', true],
    ['[!a]', '[!b]', true],
    ['[!a]', '[a]', false],
    ['[😀-😂]', '😁', true],
    ['?', '😀', true],
    ['??', '😀', false],
    ['[+-0]', '[,-.]', true],
    ['[[]', '[', true],
    ['[{]a}', '{a}', false],
    ['[{]a}', '[{]a[}]', true],
  ])('%j and %j overlap: %j', expectOverlap);
});

describe('alternatives', () => {
  test.each([
    ['{a}', 'a', true],
    ['{a,}', 'a', true],
    ['{a,{b,c}', '{a,b', true],
    ['{a,b}}', 'a}', true],
    ['{[,],b}', '[,]', true],
    ['{[,],b}x', 'bx', true],
    ['{**,a}b', 'xb', true],
    ['{a,{b,{c,d}}}{x,}', 'dx', true],
    ['{a,{b,{c,d}}}{x,}', 'dxx', false],
    ['{ab,b}{,c}', 'a{b,bc}', true],
  ])('%j and %j overlap: %j', expectOverlap);
});

describe('keys and paths that look like them', () => {
  test.each([
    ['./db:x', 'db:x', false],
    ['./db:x', '/db:x/y', true],
    ['./db:x', '*', true],
    ['/db:*', './db:x', true],
  ])('%j and %j overlap: %j', expectOverlap);
});

const times = (n: number, part: string): string => part.repeat(n);

// None of these finishes in a lifetime when matching backtracks or alternatives are spelled out.
describe('patterns made to take forever', () => {
  test.each([
    ['many * against a long name', `${times(31, '*a')}b`, times(1000, 'a'), false],
    ['many * against many *', `${times(16, '*a')}x`, `${times(16, 'a*')}y`, false],
    ['many ** against a deep path', `${times(16, '**/a/')}b`, `${times(250, 'a/')}c?`, false],
    ['many ** against many **', `${times(16, '**/a/')}x`, `${times(16, 'a/**/')}y`, false],
    ['many alternatives', `${times(16, '{a,b}')}x`, `${times(16, '{b,a}')}y`, false],
    ['many alternatives that do meet', times(16, '{a,b}'), times(16, '{b,c}'), true],
    ['alternatives that may be nothing', `${times(32, '{,a}')}x`, `${times(32, '{a,}')}y`, false],
    ['alternatives in alternatives', `${times(31, '{a,')}b${times(31, '}')}x`, `${times(16, '{*}')}y`, false],
    ['two long names with many *', `${times(31, '*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')}b`, `${times(31, '*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')}c`, false],
    ['the deepest path', `${times(31, '**/a/')}b`, times(2_000, 'a/'), true],
  ])('are compared: %s', (_, one, other, expected) => {
    expectOverlap(one, other, expected);
  });

  test('are compared a hundred times', () => {
    const live = Array.from({ length: 100 }, (_, i) => parsed(`${times(15, '*a')}${i}/**/*b*c*d`));
    const wanted = parsed(`${times(15, 'a*')}x/${times(8, '?*c')}d`);
    expect(live.some((resource) => overlaps(resource, wanted))).toBe(false);
  });
});

describe('overlap is exact', () => {
  /** All words of `letters`, from one letter up to `length`. */
  const words = (letters: readonly string[], length: number): string[] =>
    length === 0 ? [] : [...letters, ...words(letters, length - 1).flatMap((word) => letters.map((letter) => word + letter))];

  /** Says by trial whether a spelling without braces matches a name: no automaton, one character after the other. */
  const spellingMatches = (spelling: string, name: string): boolean => {
    if (spelling === '') return name === '';
    if (spelling[0] === '*') return spellingMatches(spelling.slice(1), name) || (name !== '' && spellingMatches(spelling, name.slice(1)));
    const [piece = ''] = /^(\[[^\]]*\]|.)/.exec(spelling) ?? [];
    const negated = piece.startsWith('[!');
    const members = piece.length > 1 ? piece.slice(negated ? 2 : 1, -1) : piece;
    const isMember = piece === '?' || members.includes(name[0] ?? '-') !== negated;
    return name !== '' && isMember && spellingMatches(spelling.slice(piece.length), name.slice(1));
  };

  /** All spellings without braces, by replacing an innermost pair by each alternative. */
  const spellings = (pattern: string): string[] => {
    const [pair] = /\{[^{}]*\}/.exec(pattern) ?? [];
    if (pair === undefined) return [pattern];
    return pair
      .slice(1, -1)
      .split(',')
      .flatMap((alternative) => spellings(pattern.replace(pair, alternative)));
  };

  const nameMatches = (pattern: string, name: string): boolean => spellings(pattern).some((spelling) => spellingMatches(spelling, name));

  const pathMatches = (patterns: readonly string[], names: readonly string[]): boolean => {
    const [pattern, ...others] = patterns;
    if (pattern === undefined) return names.length === 0;
    if (pattern === '**') return pathMatches(others, names) || (names.length > 0 && pathMatches(patterns, names.slice(1)));
    const [name, ...below] = names;
    return name !== undefined && nameMatches(pattern, name) && pathMatches(others, below);
  };

  const isPlain = (text: string): boolean => !/[*?[{]/.test(text);
  const matches = (text: string, path: string): boolean =>
    isPlain(text) ? `${path}/`.startsWith(`${text}/`) : pathMatches(text.split('/'), path.split('/'));

  // Every character that a piece asks for is one of these, and c stands for all others. Two patterns of three pieces that share a name share
  // one of four characters at most: each asks for three and no more, or for two and leaves the rest open.
  const NAMES = words(['a', 'b', 'c', '.'], 4).filter((name) => name !== '.' && name !== '..');
  const piece = fc.constantFrom('a', 'b', '.', '*', '?', '**', '[ab]', '[!a]', '[!.]', '{a,b}', '{a,}', '{*,b}', '{a,{b,.}}');
  const name = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));

  test('within a segment, held against every short name', () => {
    fc.assert(
      fc.property(
        name.filter((text) => text !== '**' && !/^\.{1,2}$/.test(text)),
        name.filter((text) => text !== '**' && !/^\.{1,2}$/.test(text)),
        (one, other) => {
          // Below a name, so that a plain name means itself alone.
          const patterns = [`?/${one}`, `?/${other}`] as const;
          expect(overlap(...patterns)).toBe(NAMES.some((candidate) => nameMatches(one, candidate) && nameMatches(other, candidate)));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  // As above: of two that share a path, either the names of one are all there are, or the path needs no more than the names of both, which are
  // two each at most (a plain path leaves open what is below it).
  const PATHS = words(['/a', '/b', '/c', '/ab', '/ba', '/aa'], 4).map((path) => path.slice(1));
  const segment = fc.constantFrom('a', 'b', 'ab', '*', '?', '**', '**', '[ab]', '[!a]', '{a,b}', 'a*', '*b');
  const pattern = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
  const plain = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 2 }).map((names) => names.join('/'));
  const resource = fc.oneof({ weight: 4, arbitrary: pattern.filter((text) => !isPlain(text)) }, { weight: 1, arbitrary: plain });

  test('across segments, held against every short path', () => {
    fc.assert(
      fc.property(resource, resource, (one, other) => {
        expect(overlap(one, other)).toBe(PATHS.some((path) => matches(one, path) && matches(other, path)));
      }),
      { numRuns: 1_000 },
    );
  });
});
