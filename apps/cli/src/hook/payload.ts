import { fileURLToPath } from 'node:url';

/** The tools whose hooks are answered. */
export const AGENTS = ['claude', 'codex', 'gemini', 'cursor'] as const;
export type Agent = (typeof AGENTS)[number];

/** What a tool tells a hook, in the words of none of them. */
export interface Payload {
  event: string;
  /** The tool's own name for the conversation; null when it tells none. */
  conversation: string | null;
  /** The folder that relative paths count from. */
  folder: string;
  tool: string;
  input: Record<string, unknown>;
  /** The agent has been sent on by a hook already, so that sending it on again could have no end. */
  sentOn: boolean;
  /** Ended by an error or by its user, who does not want it to go on. */
  aborted: boolean;
}

/**
 * What a tool wrote to the hook's standard input. Cursor puts a byte order mark before it, has a conversation instead of a session, and
 * names no `cwd` for the tools that write files.
 * @throws Error when it is no JSON object.
 */
export function readPayload(text: string, folder: string): Payload {
  const told = objectOf(JSON.parse(text.replace(/^\ufeff/, '')));
  if (told === null) throw new Error('standard input holds no JSON object');
  const roots = Array.isArray(told.workspace_roots) ? told.workspace_roots : [];
  const input = typeof told.tool_input === 'string' ? parsed(told.tool_input) : told.tool_input;
  return {
    event: string(told.hook_event_name) ?? '',
    conversation: string(told.session_id) ?? string(told.conversation_id),
    folder: localPath(string(told.cwd) ?? string(roots[0]) ?? folder),
    tool: string(told.tool_name) ?? '',
    input: objectOf(input) ?? {},
    sentOn: told.stop_hook_active === true || (typeof told.loop_count === 'number' && told.loop_count > 0),
    aborted: told.status === 'aborted' || told.status === 'error',
  };
}

/** A path as the file system has it: tools also write `file:///a` and, on Windows, `/C:/a`. */
export function localPath(path: string): string {
  if (path.startsWith('file://')) return fileURLToPath(path);
  return /^\/[A-Za-z]:[\\/]/.test(path) ? path.slice(1) : path;
}

const string = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const objectOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
