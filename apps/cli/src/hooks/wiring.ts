import { homedir } from 'node:os';
import { join } from 'node:path';
import { EVENTS, type Kind } from '../hook/answers';
import type { Agent } from '../hook/payload';

/** Whose settings: of everybody who works in the project, or of this user everywhere. */
export type Scope = 'project' | 'user';

/** Names of tools of MCP servers that change files. */
const EDITING = '.*(write|edit|create|move|rename|delete|remove|replace|patch|append|insert).*';

/** Before which tools the hook is to run, in each tool's own pattern. */
const EDIT_MATCHER: Readonly<Record<Agent, string>> = {
  claude: `Edit|Write|MultiEdit|NotebookEdit|mcp__${EDITING}`,
  codex: `apply_patch|mcp__${EDITING}`,
  gemini: `write_file|replace|mcp_${EDITING}`,
  cursor: `Write|Delete|StrReplace|ApplyPatch|EditNotebook|MCP:${EDITING}`,
};

/** The file that a tool reads its hooks from. */
export function settingsPath(agent: Agent, scope: Scope, root: string, env: NodeJS.ProcessEnv = process.env): string {
  const home = env.HOME ?? homedir();
  const folder: Record<Agent, string> = {
    claude: (scope === 'user' && env.CLAUDE_CONFIG_DIR) || join(scope === 'user' ? home : root, '.claude'),
    codex: (scope === 'user' && env.CODEX_HOME) || join(scope === 'user' ? home : root, '.codex'),
    gemini: join(scope === 'user' ? home : root, '.gemini'),
    cursor: join(scope === 'user' ? home : root, '.cursor'),
  };
  return join(folder[agent], agent === 'claude' || agent === 'gemini' ? 'settings.json' : 'hooks.json');
}

/** What stands in the settings for one event. */
export interface Entry {
  event: string;
  /** An item of the list of that event. */
  item: Record<string, unknown>;
}

/** What is to stand in a tool's settings. @param coord the command, as a shell takes it */
export function wiring(agent: Agent, coord: string): Entry[] {
  return Object.entries(EVENTS[agent]).map(([event, kind]) => ({ event, item: itemOf(agent, event, kind, coord) }));
}

function itemOf(agent: Agent, event: string, kind: Kind, coord: string): Record<string, unknown> {
  // Where `coord` is not installed the hook is to do nothing: Gemini takes most exit codes for a refusal.
  const command = `${coord} hook ${agent} ${event}${process.platform === 'win32' ? '' : ' || true'}`;
  const matcher = kind === 'edit' ? { matcher: EDIT_MATCHER[agent] } : {};
  switch (agent) {
    case 'cursor':
      return { command, ...matcher, timeout: 5 };
    case 'gemini':
      return { ...matcher, hooks: [{ name: 'coord', type: 'command', command, timeout: 5_000 }] };
    case 'codex':
      // Its SessionEnd takes no longer timeout than this.
      return { ...matcher, hooks: [{ type: 'command', command, timeout: kind === 'end' ? 3 : 5 }] };
    case 'claude':
      return { ...matcher, hooks: [{ type: 'command', command, timeout: 5 }] };
  }
}
