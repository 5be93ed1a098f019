export interface Script {
  /** What it does, as reference 004 lists it. */
  summary: string;
  /** Its arguments, as its first lines and its usage show them. */
  usage: string;
}

/** The eight scripts of a COORDINATION folder, without their `.sh`. */
export const SCRIPTS = {
  'session-start': { summary: 'Register new session', usage: '' },
  'session-heartbeat': { summary: 'Send status updates', usage: '<action> [target] [phase] [progress] [next action]' },
  'session-claim': { summary: 'Claim work to prevent conflicts', usage: '<type> <name> [hours]' },
  'session-release': { summary: 'Release claimed work', usage: '<type> <name>' },
  'session-send-message': { summary: 'Message other sessions', usage: '<session|broadcast> <subject> <message> [type or priority]' },
  'session-check-messages': { summary: 'Check for messages', usage: '[--all]' },
  'session-status': { summary: 'View all sessions/claims', usage: '' },
  'update-status-board': { summary: 'Generate status board', usage: '' },
} as const satisfies Record<string, Script>;

export type ScriptName = keyof typeof SCRIPTS;

export const isScript = (name: string): name is ScriptName => Object.hasOwn(SCRIPTS, name);
