import { answered } from '@coord/client/index';
import type { HeartbeatRecord } from './read-heartbeat';
import { isSaid, type Statement } from './statement';
import type { Taking } from './taking';

/** Registers the sessions of the tree that the engine does not know. */
export async function takeSessions(taking: Taking): Promise<void> {
  const { api, project_key, plan, known, dryRun } = taking.options;
  await taking.each('sessions', plan.sessions, async ({ record }) => {
    const { session_id, machine, user, agent, capabilities, started_at } = record;
    if (known.sessions.has(session_id)) return 'known';
    taking.acted.add(session_id);
    if (dryRun) return 'taken';
    // What the file leaves out, the engine may know from the name.
    const said = Object.fromEntries(Object.entries({ machine, user, agent }).filter(([, value]) => value !== null));
    const body = { session_id, project_key, capabilities, ...said };
    await answered(api.POST('/api/coord/sessions', { body, headers: taking.meantAt(started_at) }));
    return 'taken';
  });
}

/** The last heartbeat of each session that lives; where there is no file of one, what the session's own file says. */
export async function takeHeartbeats(taking: Taking): Promise<void> {
  const { plan, known, dryRun } = taking.options;
  const withFile = new Set(plan.heartbeats.map(({ record }) => record.session_id));
  await taking.each('heartbeats', plan.heartbeats, async ({ record }) => {
    if (isKnown(taking, record)) return 'known';
    if (!dryRun) await beat(taking, record);
    return 'taken';
  });
  const inSessions = plan.sessions.flatMap(({ record: { session_id, seen_at: at, statement } }) =>
    statement && plan.isAlive(session_id) && !withFile.has(session_id) && !known.sessions.has(session_id) ? [{ session_id, at, statement }] : [],
  );
  await taking.eachOf('what sessions are at', inSessions, (record) => beat(taking, record));
}

function isKnown({ options }: Taking, { session_id, at, statement }: HeartbeatRecord): boolean {
  const last = options.known.sessions.get(session_id)?.last_heartbeat;
  if (!last) return false;
  const same = (Object.keys(statement) as (keyof Statement)[]).every((name) => statement[name] === last[name]);
  return same || Date.parse(last.at) >= at;
}

async function beat(taking: Taking, { session_id: id, at, statement }: HeartbeatRecord): Promise<void> {
  const { api, project_key } = taking.options;
  taking.acted.add(id);
  const body = { project_key, ...(isSaid(statement) && statement) };
  await answered(api.POST('/api/coord/sessions/{id}/heartbeat', { params: { path: { id } }, body, headers: taking.meantAt(at) }));
}

/**
 * Ends again what this run let act though it is over: a message of a session is a sign of it. A session that was there before the run, and may be
 * at work, is left alone, for its end would release its locks.
 */
export async function endThoseOver(taking: Taking, ending: (session: string) => boolean): Promise<number> {
  const { api, known } = taking.options;
  const over = [...taking.acted].filter((session) => ending(session) && (known.sessions.get(session)?.status ?? 'ended') === 'ended');
  const body = { reason: 'It was over before it was imported.' };
  await taking.eachOf('sessions that are over', over, (id) => answered(api.POST('/api/coord/sessions/{id}/end', { params: { path: { id } }, body })));
  return over.length;
}
