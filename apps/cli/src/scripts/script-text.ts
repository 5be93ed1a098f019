import { SCRIPTS, type Script, type ScriptName } from './names';

/** By this line a file is known to be one of ours. */
const MARK = '# Written by `coord scripts install`, which may write it anew.';

/**
 * A script as it is installed. It starts the `coord` on the PATH, and without one that which installed it.
 * @param node @param coord absolute paths
 */
export function scriptText(name: ScriptName, node: string, coord: string): string {
  const { summary, usage }: Script = SCRIPTS[name];
  return `#!/bin/sh
# ${summary}: ${name}.sh${usage && ` ${usage}`}
${MARK}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
node=${quoted(node)}
coord=${quoted(coord)}
if command -v coord >/dev/null 2>&1; then
  exec coord scripts call --folder "$here" ${name} -- "$@"
elif [ -f "$coord" ] && [ -x "$node" ]; then
  exec "$node" "$coord" scripts call --folder "$here" ${name} -- "$@"
fi
echo "The command coord is not installed: npm install -g coord" >&2
exit 1
`;
}

export const isOurs = (text: string): boolean => text.includes(MARK);

/** As one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
