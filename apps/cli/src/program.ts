import { Command } from 'commander';
import { Context, type Flags } from './context';
import { GROUPS } from './groups';
import { version } from './version';

const contextOf = (command: Command): Context => new Context(command.optsWithGlobals<Flags>());

/**
 * The command line. Only the groups that `words` name are loaded, the others are there by name for the help.
 * @param words the command line, or `null` for all of it (documentation, completion)
 */
export function createProgram(words: readonly string[] | null): Command {
  const program = new Command('coord')
    .description('Coordinates AI coding agents: locks, messages, todos, work, status and history on one engine.')
    .version(version(), '-V, --version')
    .option('--url <address>', 'the engine (COORD_URL, coord_api of identity.json; default http://127.0.0.1:8001)')
    .option('--session <id>', 'act as this session (COORD_SESSION_ID; default <MACHINE>/claude-main)')
    .option('--project <key>', 'the project that is meant (COORD_PROJECT, project_key of .coord.json)')
    .option('--json', 'answer with JSON, as when the output is no terminal')
    .option('--text', 'answer with text, as on a terminal')
    .showHelpAfterError('(coord --help lists the commands; coord <command> --help explains one)')
    .showSuggestionAfterError()
    .exitOverride();
  for (const [name, { summary, load }] of Object.entries(GROUPS)) {
    if (words === null || words.includes(name)) load().register(program, contextOf);
    else program.command(name).description(summary);
  }
  return program;
}
