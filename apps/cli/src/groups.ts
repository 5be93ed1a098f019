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
  msg: { summary: 'Messages between sessions', load: () => require('./msg/msg.commands') },
  todo: { summary: 'Todos: what is to be done until it is done', load: () => require('./todo/todo.commands') },
  lock: { summary: 'Locks: who may change what', load: () => require('./lock/lock.commands') },
  component: { summary: 'Components: the state that each is in', load: () => require('./component/component.commands') },
  run: { summary: 'Run a command under a lock', load: () => require('./run/run.commands') },
  hook: { summary: "Answers a hook of an agent's tool (the tools call it: see `coord hooks`)", load: () => require('./hook/hook.commands') },
};
