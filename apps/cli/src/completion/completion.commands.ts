import { Argument, type Command } from 'commander';
import { withHelp } from '../help';
import type { Register } from '../register';
import { SHELLS, type Shell, script } from './scripts';
import { vocabularyOf } from './vocabulary';

export const register: Register = (program, context) => {
  withHelp(
    program
      .command('completion')
      .description('Print a script that completes this command on the Tab key')
      .addArgument(new Argument('<shell>', 'for which shell').choices(SHELLS))
      .action((shell: Shell, _options: object, command: Command) => {
        context(command).output.write(script(shell, vocabularyOf(program)));
      }),
    {
      examples: [
        'coord completion bash > ~/.local/share/bash-completion/completions/coord',
        'coord completion zsh > ~/.zfunc/_coord',
        'coord completion fish > ~/.config/fish/completions/coord.fish',
      ],
    },
  );
};
