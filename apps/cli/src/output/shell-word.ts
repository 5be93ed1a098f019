import { plainLine } from './plain-text';

/** Text of an agent as one word of a shell: nothing in it is carried out by whoever copies the command that it stands in. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${plainLine(text).replaceAll("'", "'\\''")}'`);
