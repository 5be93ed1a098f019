import type { Command } from 'commander';

/** No word of a command line can have it. */
const MARK = '\0';

/**
 * A word that begins with `-` and has a blank in it is text, as the older skill's parser has it: `msg send ALL s "- fixed the parser"`. So that
 * commander, too, takes it for text, such words go into it behind a mark, which the commands do not see. A value that stands behind its option
 * (`--description=a b`) belongs to that, and what stands behind `--` is taken as it is anyway.
 */
export function wordsFor(program: Command, words: readonly string[]): readonly string[] {
  const literal = words.indexOf('--');
  const hidden = words.map((word, place) => ((literal !== -1 && place > literal) || !isText(word) || isOption(program, word) ? word : MARK + word));
  if (hidden.some((word, place) => word !== words[place])) program.hook('preAction', (_, command) => unmark(command));
  return hidden;
}

/** What is said of a word, without the mark. */
export const unmarked = <Value>(value: Value): Value => {
  if (Array.isArray(value)) return value.map(unmarked) as Value;
  return typeof value === 'string' ? (value.replaceAll(MARK, '') as Value) : value;
};

const isText = (word: string): boolean => /^-.*\s/s.test(word);

/** Whether it is an option of any command together with its value. */
function isOption(program: Command, word: string): boolean {
  const name = /^(--[^\s=]+)=/.exec(word)?.[1] ?? null;
  const takes = program.options.some(
    ({ long, short, required, optional }) => (required || optional) && (name === null ? short === word.slice(0, 2) : long === name),
  );
  return takes || program.commands.some((command) => isOption(command, word));
}

function unmark(command: Command): void {
  command.args = unmarked(command.args);
  command.processedArgs = unmarked(command.processedArgs);
  for (let at: Command | null = command; at !== null; at = at.parent)
    for (const [name, value] of Object.entries(at.opts())) at.setOptionValueWithSource(name, unmarked(value), at.getOptionValueSource(name));
}
