import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import type { Context } from '../context';
import { EXIT } from '../failure';
import { helpText } from '../help';
import { coordCommand } from '../hooks/coord-command';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';
import { filesOfCommit, filesOfPush } from './changed-files';
import { lockedByOthers, refusalText } from './check';
import { git } from './git';
import { addGuard, GIT_HOOKS, type GitHook, isGuarded, removeGuard } from './hook-file';

interface HookState {
  hook: GitHook;
  file: string;
  changed: boolean;
  guarded: boolean;
}

export const register: Register = (program, context) => {
  const guard = program.command('guard').description('Git hooks that refuse to commit or push what other sessions have locked');
  const each = (command: Command, change: (file: string, hook: GitHook) => boolean): void => {
    const states = GIT_HOOKS.map((hook): HookState => {
      const file = hookPath(hook);
      return { hook, file, changed: change(file, hook), guarded: isGuarded(file) };
    });
    context(command).output.result(states, (all) => all.map(stateText).join('\n'));
  };

  guard
    .command('install')
    .description('Put the guard into pre-commit and pre-push of this repository; hooks that are there run after it')
    .addHelpText('after', helpText({ examples: ['coord guard install'] }))
    .action((_options, command) => each(command, (file, hook) => addGuard(file, hook, coordCommand())));

  guard
    .command('uninstall')
    .description('Take the guard out; hooks that were there stay')
    .addHelpText('after', helpText({ examples: ['coord guard uninstall'] }))
    .action((_options, command) => each(command, removeGuard));

  guard
    .command('status')
    .description('Show whether this repository is guarded')
    .addHelpText('after', helpText({ examples: ['coord guard status'] }))
    .action((_options, command) => each(command, () => false));

  guard
    .command('check')
    .description('What the git hooks run: exit code 3 when the commit or push changes what others have locked')
    .addArgument(new Argument('<hook>').choices(GIT_HOOKS))
    .argument('[remote]', 'of a push')
    .addHelpText(
      'after',
      helpText({ examples: ['coord guard check pre-commit'], exits: { 3: 'another session has locked what is to be committed' } }),
    )
    .action((hook: GitHook, remote: string | undefined, _options, command) => check(hook, remote, context(command)));
};

async function check(hook: GitHook, remote: string | undefined, { flags, output }: Context): Promise<void> {
  const what = hook === 'pre-commit' ? 'commit' : 'push';
  try {
    const files = hook === 'pre-commit' ? filesOfCommit() : filesOfPush(remote ?? 'origin', readFileSync(0, 'utf8'));
    const root = git(['rev-parse', '--show-toplevel']).replace(/\n$/, '');
    const blocked = await lockedByOthers(files, root, flags);
    if (blocked.length === 0) return;
    output.note(refusalText(blocked, what));
    process.exitCode = EXIT.lockConflict;
  } catch (error) {
    // Coordination must never block work: what can't be checked goes on.
    output.note(`coord guard: the ${what} was not checked for locks: ${plainLine((error as Error).message)}`);
  }
}

/** Where git looks for a hook: by `core.hooksPath`, and for all work trees of a clone in one place. */
const hookPath = (hook: GitHook): string => resolve(join(git(['rev-parse', '--git-path', 'hooks']).replace(/\n$/, ''), hook));

const stateText = ({ hook, file, changed, guarded }: HookState): string =>
  `${hook}: ${guarded ? 'guarded' : 'not guarded'}${changed ? '' : ', nothing changed'} (${plainLine(file)})`;
