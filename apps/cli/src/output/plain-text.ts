/** What a terminal takes for more than text: controls but line feed and tab, and what is not seen or turns the direction of writing; a joiner of emoji may stay. */
const UNSAFE = /(?![\n\t\u200d])[\p{Cc}\p{Cf}]/gu;

/** Text of an agent as it may stand on a terminal: what would move the cursor, colour or hide something shows as `\x1b`. */
export const plainText = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });

/** The same in one line. */
export const plainLine = (text: string): string => plainText(text).replace(/[\n\t]+/g, ' ');
