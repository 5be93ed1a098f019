import type { Command, Option } from 'commander';
import { commandsBelow, pathOf } from '../docs/commands-in';

export interface Word {
  text: string;
  /** What it means, in one line. */
  meaning: string;
}

/** What may follow at one place of the command line. */
export interface Place {
  /** The commands before it: `lock claim`; empty at the beginning. */
  path: string;
  /** Commands, and what its first argument may be where that is a choice. */
  words: Word[];
  options: Word[];
  /** The values that an option may have, by its name. */
  values: Record<string, readonly string[]>;
}

export interface Vocabulary {
  places: Place[];
  /** Names of all options that are followed by a value. */
  valued: string[];
}

/** What the program understands, for scripts that complete it. */
export function vocabularyOf(program: Command): Vocabulary {
  const commands = all(program);
  const valued = commands.flatMap(optionsOf).filter(takesValue).flatMap(namesOf);
  return { places: commands.map((command) => placeOf(command, program)), valued: [...new Set(valued)] };
}

const all = (command: Command): Command[] => [command, ...commandsBelow(command).flatMap(all)];
const optionsOf = (command: Command): Option[] => command.createHelp().visibleOptions(command);
const takesValue = ({ required, optional }: Option): boolean => required || optional;
const namesOf = ({ short, long }: Option): string[] => [short, long].filter((name) => name !== undefined);
const oneLine = (text: string): string => text.split('\n')[0] ?? '';

function placeOf(command: Command, program: Command): Place {
  const options = [
    ...optionsOf(command),
    ...(command === program ? [] : optionsOf(program).filter(({ long }) => long !== '--help' && long !== '--version')),
  ];
  const [first] = command.registeredArguments;
  return {
    path: pathOf(command),
    words: [
      ...commandsBelow(command).map((below) => ({ text: below.name(), meaning: oneLine(below.description()) })),
      ...(first?.argChoices ?? []).map((text) => ({ text, meaning: first?.description ?? '' })),
    ],
    options: options.map(({ long, short, description }) => ({ text: long ?? short ?? '', meaning: oneLine(description) })),
    values: Object.fromEntries(
      options.filter(({ argChoices }) => argChoices).flatMap((option) => namesOf(option).map((name) => [name, option.argChoices ?? []])),
    ),
  };
}
