import type { Command } from 'commander';

/** What the help of a command and docs/cli.md say beside its arguments and options. */
export interface Help {
  /** Whole command lines, as they are typed. */
  examples: readonly string[];
  /** What the exit codes mean that are this command's own; 0, 1, 2 and (of what needs the engine) 75 mean the same everywhere. */
  exits?: Readonly<Record<number, string>>;
}

/** By its text, which is all that Commander keeps of a help. */
const told = new Map<string, Help>();

/** Examples and exit codes as `.addHelpText('after', helpText({…}))` takes them. */
export function helpText(help: Help): string {
  const exits = Object.entries(help.exits ?? {}).map(([code, meaning]) => `  ${code}  ${meaning}`);
  const lines = ['', 'Example:', ...help.examples.map((line) => `  $ ${line}`), ...(exits.length > 0 ? ['', 'Exit code:', ...exits] : [])];
  const text = lines.join('\n');
  told.set(text, help);
  return text;
}

/** Adds examples and exit codes to the help of a command; gives the command. */
export const withHelp = (command: Command, help: Help): Command => command.addHelpText('after', helpText(help));

/** What was added to the help of a command: its examples and exit codes (undefined when nobody said them), and whatever else, as text. */
export function helpOf(command: Command): { help: Help | undefined; rest: string } {
  const before = command.configureOutput();
  let shown = '';
  command.configureOutput({
    writeOut: (text) => {
      shown += text;
    },
  });
  command.outputHelp();
  command.configureOutput(before);
  const added = shown.slice(command.helpInformation().length);
  const [text, help] = [...told].find(([one]) => added.includes(one)) ?? ['', undefined];
  return { help, rest: added.replace(text, '').trim() };
}
