import type { Command } from 'commander';

/** What the help of a command and docs/cli.md say beside its arguments and options. */
export interface Help {
  /** Whole command lines, as they are typed. */
  examples: readonly string[];
  /** What the exit codes mean that are this command's own; 0, 1, 2 and (of what needs the engine) 75 mean the same everywhere. */
  exits?: Readonly<Record<number, string>>;
}

const told = new WeakMap<Command, Help>();

/** Adds examples and exit codes to the help of a command; gives the command. */
export function withHelp(command: Command, help: Help): Command {
  told.set(command, help);
  const exits = Object.entries(help.exits ?? {}).map(([code, meaning]) => `  ${code}  ${meaning}`);
  const lines = ['', 'Example:', ...help.examples.map((line) => `  $ ${line}`), ...(exits.length > 0 ? ['', 'Exit code:', ...exits] : [])];
  return command.addHelpText('after', lines.join('\n'));
}

/** What `withHelp` was told; undefined when nobody did. */
export const helpOf = (command: Command): Help | undefined => told.get(command);
