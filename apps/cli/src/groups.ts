import type { Register } from './register';

export interface Group {
  summary: string;
  /** Loaded when the group is asked for: a command waits for no code but its own. */
  load: () => { register: Register };
  /** Its command looks at all others. */
  whole?: true;
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
  session: { summary: 'Sessions: start, heartbeat, end, list, show', load: () => require('./session/session.commands') },
  work: { summary: 'Work items: add, list, ready, claim, done, handoff, …', load: () => require('./work/work.commands') },
  workflow: { summary: 'Workflows: create, list, show, set', load: () => require('./workflow/workflow.commands') },
  task: { summary: 'Tasks with steps, artifacts, quality gates and blockers', load: () => require('./task/task.commands') },
  history: { summary: 'What happened, as a list or as it happens', load: () => require('./history/history.commands') },
  diff: { summary: 'What changed between two moments', load: () => require('./history/diff.commands') },
  project: { summary: 'The projects that there are', load: () => require('./project/project.commands') },
  server: { summary: 'Start the engine', load: () => require('./server/server.commands') },
  doctor: { summary: 'Check that Coord can be used here, and what to do if not', load: () => require('./doctor/doctor.commands') },
  prime: { summary: 'What an agent should know to use Coord here', load: () => require('./prime/prime.commands') },
  completion: { summary: 'Complete commands on the Tab key', load: () => require('./completion/completion.commands'), whole: true },
  mirror: { summary: 'Keeps .coordination/ and .progress/ of a project in step with the engine', load: () => require('./mirror/mirror.commands') },
  import: {
    summary: 'Bring a COORDINATION folder into the engine: sessions, heartbeats, claims and messages',
    load: () => require('./import/import.commands'),
  },
  board: { summary: 'Write STATUS_BOARD.md from the engine', load: () => require('./board/board.commands') },
  scripts: { summary: 'The eight shell scripts of a COORDINATION folder, on the engine', load: () => require('./scripts/scripts.commands') },
  hooks: { summary: "Puts the hooks into the settings of the agents' tools, and tries them", load: () => require('./hooks/hooks.commands') },
  guard: { summary: 'Git hooks that refuse to commit or push what others have locked', load: () => require('./guard/guard.commands') },
};
