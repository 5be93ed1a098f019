/** One request of a random run. */
export interface Step {
  method: string;
  path: string;
  body?: object;
}

/** Ids that answers brought, for later requests to name. */
export interface Known {
  locks: string[];
  messages: string[];
  workflows: { id: string; project_key: string }[];
  items: string[];
}

export const SESSIONS = ['M/a', 'M/b', 'N/c', 'é d', 'late'];
export const PROJECTS = ['p', 'q', 'r'];

/** A write of any concept, by some session; it may be refused. `again` gives an id that is known, a new one where there is none. */
export function randomWrite(roll: (below: number) => number, known: Known): Step {
  const pick = <T>(from: readonly T[]): T => from[roll(from.length)] as T;
  const [session_id, project_key] = [pick(SESSIONS), pick(PROJECTS)];
  const recent = (ids: readonly string[]): string => ids[Math.max(0, ids.length - 1 - roll(12))] ?? '00000000-0000-7000-8000-000000000000';
  const workflow = known.workflows.at(-1 - roll(4)) ?? { id: recent([]), project_key };
  const by = { session_id };
  const choices: (() => Step)[] = [
    () => ({
      method: 'POST',
      path: '/locks',
      body: { ...by, project_key, resource: pick(['src', 'src/a.ts', 'db:x', 'docs/**']), ttl_hours: pick([0, 0.01, 1]) },
    }),
    () => ({ method: 'POST', path: '/locks', body: { ...by, project_key, resource: `f${roll(9)}`, mode: pick(['exclusive', 'shared']) } }),
    () => ({ method: 'DELETE', path: `/locks/${recent(known.locks)}`, body: by }),
    () => ({ method: 'POST', path: `/locks/${recent(known.locks)}/renew`, body: by }),
    () => ({ method: 'POST', path: `/locks/${recent(known.locks)}/break`, body: { ...by, reason: 'urgent' } }),
    () => ({
      method: 'PUT',
      path: '/components',
      body: { project_key, component: `c${roll(60)}`, state: pick(['built', 'deployed']), updated_by: session_id },
    }),
    () => ({ method: 'POST', path: '/messages', body: message() }),
    () => ({ method: 'POST', path: '/messages', body: message() }),
    () => ({ method: 'PUT', path: `/messages/${recent(known.messages)}/read`, body: pick([by, {}]) }),
    () => ({ method: 'PUT', path: `/messages/${recent(known.messages)}/ack`, body: by }),
    () => ({ method: 'PUT', path: '/messages/read', body: { ...by, all: true } }),
    () => ({ method: 'POST', path: '/workflows', body: { project_key, name: 'W', status: pick(['planning', 'active']), created_by: session_id } }),
    () => ({
      method: 'PATCH',
      path: `/workflows/${workflow.id}`,
      body: { status: pick(['active', 'blocked', 'completed']), updated_by: session_id },
    }),
    () => ({
      method: 'POST',
      path: '/work-items',
      body: { workflow_id: workflow.id, project_key: workflow.project_key, title: 'I', depends_on: pick([[], [recent(known.items)]]) },
    }),
    () => ({
      method: 'PATCH',
      path: `/work-items/${recent(known.items)}`,
      body: { status: pick(['pending', 'in_progress', 'blocked', 'completed']), updated_by: session_id },
    }),
    () => ({ method: 'POST', path: '/work-items/claim', body: { ...by, project_key } }),
    () => ({
      method: 'POST',
      path: `/work-items/${recent(known.items)}/handoff`,
      body: { from_session: session_id, to_session: pick(SESSIONS), note: 'n' },
    }),
    () => ({ method: 'POST', path: '/sessions', body: { ...by, agent: pick(['claude', null]), capabilities: pick([[], ['rust']]) } }),
    () => ({
      method: 'POST',
      path: `/sessions/${encodeURIComponent(session_id)}/heartbeat`,
      body: pick([{}, { action: pick(['a', 'b']), progress: roll(100), project_key }]),
    }),
    () => ({ method: 'POST', path: `/sessions/${encodeURIComponent(session_id)}/end` }),
  ];
  const message = (): object => ({
    from_session: session_id,
    to_session: pick([...SESSIONS, null]),
    subject: 's',
    body: 'b',
    type: pick(['note', 'blocker', 'blocker', 'response']),
    ...pick([{}, { project_key }]),
    ...pick([{}, { reply_to: known.messages.at(-1) }, { references: [recent(known.messages)] }]),
    ...pick([{}, { metadata: { long: 1, b: { zz: 1.5, a: null } } }]),
    ack_required: pick([true, false]),
  });
  return pick(choices)();
}

/** Keeps the ids of what a write has made. */
export function learn(known: Known, { path }: Step, made: { id?: unknown; project_key?: unknown }): void {
  if (typeof made.id !== 'string') return;
  if (path === '/locks') known.locks.push(made.id);
  else if (path === '/messages') known.messages.push(made.id);
  else if (path === '/workflows') known.workflows.push({ id: made.id, project_key: String(made.project_key) });
  else if (path === '/work-items') known.items.push(made.id);
}

/** A question for the board, of any filter. */
export function randomQuestion(roll: (below: number) => number): string {
  const query = new URLSearchParams();
  if (roll(2) === 0) query.set('project_key', PROJECTS[roll(PROJECTS.length)] as string);
  if (roll(2) === 0) query.set('session_id', SESSIONS[roll(SESSIONS.length)] as string);
  return `/status${roll(8) === 0 ? '.md' : ''}?${query}`;
}

/** How far the clock goes on, in ms: mostly not at all or little, now and then over the limits of silence, leases and broadcasts. */
export function randomPause(roll: (below: number) => number): number {
  const pauses = [0, 0, 0, 0, 1, 1, 3, 700, 1_100, 40_000, 61_000, 300_000, 1_800_000, 7_200_000];
  return roll(150) === 0 ? 4 * 24 * 3_600_000 : (pauses[roll(pauses.length)] as number);
}
