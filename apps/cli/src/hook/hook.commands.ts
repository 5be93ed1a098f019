import { Argument } from 'commander';
import { helpText } from '../help';
import type { Register } from '../register';
import { hook } from './hook';
import { AGENTS } from './payload';

/** For the help; calls do not come here (main.ts). */
export const register: Register = (program, context) => {
  program
    .command('hook')
    .description("Answer an event of an agent's tool: its JSON on standard input, the answer on standard output, within 800 ms, always exit code 0")
    .addArgument(new Argument('<tool>').choices(AGENTS))
    .argument('[event]', "the event in the tool's own words, such as PreToolUse; default: hook_event_name of the input")
    .addHelpText('after', helpText({ examples: ['coord hook claude PreToolUse < payload.json'] }))
    .action((tool: string, event: string | undefined, _options, command) => {
      hook(event === undefined ? [tool] : [tool, event], context(command).flags);
    });
};
