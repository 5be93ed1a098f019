import type { Agent } from './payload';

/** What an event is to us; the names are each tool's own. */
export type Kind = 'edit' | 'start' | 'prompt' | 'stop' | 'end';

/** The events that are answered with more than "go on", by tool. Sources: docs/hooks.md. */
export const EVENTS: Readonly<Record<Agent, Readonly<Record<string, Kind>>>> = {
  claude: { PreToolUse: 'edit', SessionStart: 'start', UserPromptSubmit: 'prompt', Stop: 'stop', SessionEnd: 'end' },
  codex: { PreToolUse: 'edit', SessionStart: 'start', UserPromptSubmit: 'prompt', Stop: 'stop', SessionEnd: 'end' },
  gemini: { BeforeTool: 'edit', SessionStart: 'start', BeforeAgent: 'prompt', SessionEnd: 'end' },
  cursor: { preToolUse: 'edit', sessionStart: 'start', beforeSubmitPrompt: 'prompt', stop: 'stop', sessionEnd: 'end' },
};

/** A tool's own spelling of an event that was written in any (`pre-tool-use`); the text itself for one that is not known. */
export function eventNamed(agent: Agent, text: string): string {
  const bare = (name: string): string => name.replace(/[-_]/g, '').toLowerCase();
  return Object.keys(EVENTS[agent]).find((name) => bare(name) === bare(text)) ?? text;
}

/**
 * The answer that lets a tool go on as if there were no hook. For Claude and Codex that is no decision at all: `allow` would also skip the
 * question to the user. Something is always printed: Gemini would take standard error for the answer.
 */
export function goOn(agent: Agent | null, event: string): object {
  if (agent === 'cursor' && event === 'preToolUse') return { permission: 'allow' };
  if (agent === 'cursor' && event === 'beforeSubmitPrompt') return { continue: true };
  return {};
}

/** The answer that refuses a call of a tool. */
export function deny(agent: Agent, event: string, reason: string): object {
  switch (agent) {
    case 'claude':
    case 'codex':
      return { hookSpecificOutput: { hookEventName: event, permissionDecision: 'deny', permissionDecisionReason: reason } };
    case 'gemini':
      return { decision: 'deny', reason };
    case 'cursor':
      // The first three as Cursor documents them now, the others as it did before.
      return { permission: 'deny', user_message: reason, agent_message: reason, decision: 'deny', reason };
  }
}

/** Whether a tool takes text for its agent at this event. */
export const takesText = (agent: Agent, kind: Kind): boolean => kind === 'start' || kind === 'stop' || (kind === 'prompt' && agent !== 'cursor');

/** The answer that puts text before an agent. At a stop it is what makes the agent go on. */
export function tell(agent: Agent, event: string, kind: Kind, text: string, session: string | null): object {
  if (agent === 'cursor') {
    if (kind === 'stop') return { followup_message: text };
    return { additional_context: text, ...(session !== null && { env: { COORD_SESSION_ID: session } }) };
  }
  if (kind === 'stop') return { decision: 'block', reason: text };
  return { hookSpecificOutput: { hookEventName: event, additionalContext: text } };
}
