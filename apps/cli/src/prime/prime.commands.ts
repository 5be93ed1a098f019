import type { Command } from 'commander';
import { withHelp } from '../help';
import type { Register } from '../register';
import { primeText } from './prime-text';

export const register: Register = (program, context) => {
  withHelp(
    program
      .command('prime')
      .description('What an agent should know to use Coord here, in under 2 KB; needs no engine')
      .action((_options: object, command: Command) => {
        const { output, settings } = context(command);
        const { session_id, project_key, url } = settings;
        const text = primeText(settings);
        output.result({ session_id, project_key, url, text }, () => text);
      }),
    { examples: ['coord prime --text'] },
  );
};
