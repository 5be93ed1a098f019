import type { Process } from './processes';

/** What runs commands for somebody else, and is a new process with every call. */
const GO_BETWEEN =
  /^-?(sh|bash|dash|zsh|ksh|mksh|fish|ash|busybox|env|timeout|nice|nohup|stdbuf|time|sudo|su|doas|make|xargs|script|flock|setsid|volta-shim|mise|npm.*|npx.*)$/;
/** What everything of a machine hangs from. */
const ROOT = /^(init|systemd|launchd)$/;

/**
 * The process that stands for a session: the agent that starts the scripts, or the shell that a person types into. It outlives a call, and no two
 * sessions share it. Null where there is none, as when each call is a container's own.
 * @param chain the processes above the script, the nearest first
 */
export function anchorOf(chain: readonly Process[]): Process | null {
  const own = chain.filter(({ pid, name }) => pid !== 1 && !ROOT.test(name));
  const anchor = own.find((one) => one.leadsTerminal || !GO_BETWEEN.test(one.name));
  // Shells alone: the outermost is a loop that starts the others, unless it is all there is.
  return anchor ?? (own.length > 1 ? (own.at(-1) ?? null) : null);
}
