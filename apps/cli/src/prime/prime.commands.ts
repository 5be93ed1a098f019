import type { Command } from 'commander';
import { withHelp } from '../help';
import type { Register } from '../register';
import { primeText } from './prime-text';

export const register: Register = (program, context) => {
  withHelp(
    program
      .command('prime')
      .description('What an agent should know to use Coord here, in under 2 KB; text unless --json is given; needs no engine')
      .action((_options: object, command: Command) => {
        const { flags, output, settings } = context(command);
        const { session_id, project_key, url } = settings;
        const text = primeText(settings);
        // An agent reads it, through a pipe, as the text that it is.
        if (flags.json) output.result({ session_id, project_key, url, text }, () => text);
        else output.write(text);
      }),
    { examples: ['coord prime'] },
  );
};
