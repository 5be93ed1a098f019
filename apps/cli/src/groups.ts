import type { Register } from './register';

export interface Group {
  summary: string;
  /** Loaded when the group is asked for: a command waits for no code but its own. */
  load: () => { register: Register };
}

/** The commands, by their first word, in the order of the help. */
export const GROUPS: Readonly<Record<string, Group>> = {
  status: { summary: 'The board: locks, components, workflows, sessions, messages', load: () => require('./status/status.commands') },
  sync: { summary: 'Send the writes that were queued while the engine was away', load: () => require('./sync/sync.commands') },
};
