import { git, isCommit, names } from './git';

/** Without renames: a file that moves is gone from one path and new at the other, and both have to be free. */
const NAMES = ['--name-only', '-z', '--no-renames'];

/**
 * The files that the commit being made changes, from the root of the work tree. Of a merge only those that are as in neither parent: what
 * the others have changed is theirs to change.
 */
export function filesOfCommit(): string[] {
  const staged = names(git(['diff', '--cached', ...NAMES]));
  if (!isCommit('MERGE_HEAD')) return staged;
  const own = new Set(names(git(['diff', '--cached', ...NAMES, 'MERGE_HEAD'])));
  return staged.filter((name) => own.has(name));
}

/**
 * The files that the commits being pushed change and that the remote has not.
 * @param remote the name of the remote, or its address where it has none
 * @param refs what git writes to `pre-push`: `<local ref> <local id> <remote ref> <remote id>` on each line
 */
export function filesOfPush(remote: string, refs: string): string[] {
  // A remote that has no name has no branches of its own here: what any remote has counts as known.
  const remotes = /[/:]/.test(remote) ? '--remotes' : `--remotes=${remote}`;
  const updates = refs.split('\n').map((line) => line.trim().split(/\s+/));
  const pushed = updates.filter(([, local]) => local !== undefined && /[1-9a-f]/.test(local));
  return [
    ...new Set(
      pushed.flatMap(([, local = '', , there = '']) => {
        const known = /[1-9a-f]/.test(there) && isCommit(there) ? [`^${there}`] : [];
        return names(git(['log', '--format=', ...NAMES, local, ...known, '--not', remotes]));
      }),
    ),
  ];
}
