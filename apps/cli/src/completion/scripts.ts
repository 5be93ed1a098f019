import { bashScript } from './bash';
import { fishScript } from './fish';
import type { Vocabulary } from './vocabulary';
import { zshScript } from './zsh';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const SCRIPTS: Readonly<Record<Shell, (vocabulary: Vocabulary) => string>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The script that completes the command in this shell. */
export const script = (shell: Shell, vocabulary: Vocabulary): string => SCRIPTS[shell](vocabulary);
