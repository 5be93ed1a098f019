import { type Command, Option } from 'commander';
import { helpText } from '../help';
import { numberOf } from '../numbers';
import type { Register } from '../register';
import { type RunOptions, runUnderLock } from './run-under-lock';

interface Options {
  lock: string;
  shared?: boolean;
  ttl: string;
  wait: string;
  onLost: RunOptions['onLost'];
  grace: string;
  description?: string;
  anyway?: boolean;
}

const EXPLAINED = `
The lock is renewed while the command runs and released when it ends, however it ends. Exit code: that of the command, 128 + n when signal n ended it;
3 when the lock was not granted, or was lost and the command ended for it; 1 when the engine does not answer (the command is not started,
unless --anyway). The command finds COORD_LOCK_ID and COORD_FENCE in its environment, and COORD_URL, COORD_SESSION_ID and COORD_PROJECT.
A session runs one command at a time under a lock; a lock that it claimed before stays held afterwards. While the engine is away the command goes on
until the lock would have expired; then the lock counts as lost.`;

export const register: Register = (program, context) => {
  program
    .command('run <command...>')
    .usage('--lock <resource> [options] -- <command> [arguments]')
    .description('Run a command under a lock')
    .requiredOption('--lock <resource>', 'the resource to lock while it runs')
    .option('--shared', 'beside other shared locks')
    .option('--ttl <hours>', 'how long the lock lasts after its last renewal, when this process is killed or cut off', '0.25')
    .option('--wait <seconds>', 'how long to wait for the lock', '0')
    .addOption(
      new Option('--on-lost <what>', 'what happens to the command when the lock is lost (broken, expired)').choices(['kill', 'warn']).default('kill'),
    )
    .option('--grace <seconds>', 'between SIGTERM and SIGKILL, when it is killed', '10')
    .option('--description <text>', 'what others read of it (default: the command)')
    .option('--anyway', 'when the engine does not answer, run it without a lock')
    .addHelpText('after', EXPLAINED)
    .addHelpText('after', helpText({ examples: ['coord run --lock deploy:prod -- ./deploy.sh'] }))
    .action(async (words: string[], options: Options, command: Command) => {
      const { lock: resource, shared, ttl, wait, onLost, grace, description, anyway } = options;
      const seconds = { waitMs: numberOf('--wait', wait) * 1_000, graceMs: numberOf('--grace', grace) * 1_000 };
      const terms = { resource, shared: shared === true, ttl_hours: numberOf('--ttl', ttl), description: description ?? words.join(' ') };
      process.exitCode = await runUnderLock(context(command), words, { ...terms, ...seconds, onLost, anyway: anyway === true });
    });
};
