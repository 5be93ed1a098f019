import { Command } from 'commander';
import { Context, type Flags } from './context';
import { GROUPS } from './groups';
import { version } from './version';
import { unmarked } from './words-with-blanks';

const contextOf = (command: Command): Context => new Context(command.optsWithGlobals<Flags>());

/**
 * The command line. Only the groups that `words` name are loaded, the others are there by name for the help.
 * @param words the command line, or `null` for all of it (documentation, completion)
 */
export function createProgram(words: readonly string[] | null): Command {
  const program = new Command('coord')
    .description('Coordinates AI coding agents: locks, messages, todos, work, status and history on one engine.')
    .option('--url <address>', 'the engine (COORD_URL, coord_api of identity.json; default http://127.0.0.1:8001)')
    .option('--session <id>', 'act as this session (COORD_SESSION_ID; default <MACHINE>/claude-main)')
    .option('--project <key>', 'the project that is meant (COORD_PROJECT, project_key of .coord.json)')
    .option('--json', 'answer with JSON, as when the output is no terminal')
    .option('--text', 'answer with text, as on a terminal')
    .showHelpAfterError('(coord --help lists the commands; coord <command> --help explains one)')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(unmarked(text)) })
    .exitOverride();
  if (!belongsToCommand(words, '--version')) program.version(version(), '-V, --version');
  const whole = words === null || words.some((word) => Object.hasOwn(GROUPS, word) && GROUPS[word]?.whole);
  for (const [name, { summary, load }] of Object.entries(GROUPS)) {
    if (whole || words?.includes(name)) load().register(program, contextOf);
    else program.command(name).description(summary);
  }
  return program;
}

/** `component set … --version 1.2` means the component's: an option that stands behind the name of a command is that command's. */
function belongsToCommand(words: readonly string[] | null, option: string): boolean {
  if (words === null) return false;
  const command = words.findIndex((word) => Object.hasOwn(GROUPS, word));
  return command !== -1 && words.findIndex((word) => word === option || word.startsWith(`${option}=`)) > command;
}
