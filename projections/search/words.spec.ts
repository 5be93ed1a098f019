import { queryOf, vectorOf, wordsOf } from './words';

const words = (text: string) => [...wordsOf(text)];

describe('words', () => {
  test.each([
    ['of a sentence', 'The Build is GREEN.', ['the', 'build', 'is', 'green']],
    ['of a path', 'src/build-agents.sh', ['src', 'build', 'agents', 'sh']],
    ['of an identifier', 'COORD_STALE_AFTER=2h', ['coord', 'stale', 'after', '2h']],
    ['with letters of their own', 'Grüße, ÉTÉ, Ωmega', ['grüße', 'été', 'ωmega']],
    ['composed and decomposed', 'e\u0301t\u00e9', ['été']],
    ['of a script without blanks', 'das 日本語x', ['das', '日', '本', '語', 'x']],
    ['of signs alone', '\' " & | ! ( :* % \\ 🎉 \u0007', []],
  ])('%s', (_, text, expected) => expect(words(text)).toEqual(expected));

  test('that are too long are known by their beginning', () => {
    expect(words('x'.repeat(1_000))).toEqual(['x'.repeat(200)]);
    expect(words('x'.repeat(199) + '𝐚'.repeat(9))).toEqual(['x'.repeat(199)]);
  });
});

describe('a question', () => {
  test('asks for all of its words', () => expect(queryOf("Build, the build; it's")).toBe("'build' & 'the' & 'it' & 's'"));
  test('may hold no word', () => expect(queryOf('(:*')).toBeNull());
});

describe('the words of a message', () => {
  test('have their places, those of the subject with more weight', () => {
    expect(vectorOf({ subject: 'Red build', body: 'red RED' })).toBe("'red':1A,3D,4D 'build':2A");
  });
  test('have no more places than rank them', () => {
    expect(vectorOf({ subject: '', body: 'a '.repeat(50_000) })).toBe("'a':1D,2D,3D,4D,5D,6D,7D,8D");
  });
  test('go without places where there are too many, and stay within what a tsvector holds', () => {
    const body = Array.from({ length: 120_000 }, (_, i) => i.toString(36)).join(' ');
    const vector = vectorOf({ subject: 's', body });
    expect([vector.includes(':'), vector.endsWith(" '2klb'")]).toEqual([false, true]);
    const long = vectorOf({ subject: 's', body: Array.from({ length: 250_000 }, (_, i) => `𝐚${i}`).join(' ') });
    expect(Buffer.byteLength(long.replace(/[' ]/g, ''))).toBeLessThanOrEqual(1_000_000);
  });
});
