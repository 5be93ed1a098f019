import type { Command } from 'commander';

/** Commander adds this one to every command that has others; it says nothing. */
const ADDED = 'help';

/** The commands right below, without those that are hidden or that Commander adds. */
export const commandsBelow = (command: Command): Command[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== ADDED);

/** The words that name a command: `lock claim`; empty for the program. */
export const pathOf = (command: Command): string => (command.parent === null ? '' : `${pathOf(command.parent)} ${command.name()}`.trim());

/** All commands that do something, in the order of the help. */
export function leavesOf(command: Command): Command[] {
  const below = commandsBelow(command);
  return below.length === 0 ? [command] : below.flatMap(leavesOf);
}
