import { answered, type CoordClient, everyItem } from '@coord/client/index';
import { ARCHIVE } from './archive';
import { isImported } from './known';
import type { HeartbeatRecord } from './read-heartbeat';
import { isSaid, type Statement } from './statement';
import type { Taking } from './taking';

/** What a session of the tree does in the engine by an import alone, beside its messages. */
const BROUGHT = ['SessionRegistered', 'SessionLost', 'SessionEnded', 'SessionResumed', 'MessageDelivered', 'MessageRead', 'IdempotencyKeyRemembered'];

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
    statement && plan.isAlive(session_id) && !withFile.has(session_id) && !known.sessions.get(session_id)?.last_heartbeat
      ? [{ session_id, at, statement }]
      : [],
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
 * Ends again whoever an import let act though it is over: a message of a session is a sign of it. A session that did anything else in the engine,
 * and may be at work, is left alone, for its end would release its locks.
 */
export async function endThoseOver(taking: Taking, ending: (session: string) => boolean): Promise<number> {
  const { api, plan, known } = taking.options;
  const ofTree = [...plan.sessions.map(({ record }) => record.session_id), ...plan.messages.map(({ record }) => record.from_session), ARCHIVE];
  const over: string[] = [];
  for (const session of new Set([...taking.acted, ...ofTree])) {
    const status = known.sessions.get(session)?.status;
    if (!ending(session) || (!taking.acted.has(session) && (status === undefined || status === 'ended'))) continue;
    // One that lives in the engine was let act by a run that was cut off, or is at work.
    if (status === undefined || status === 'ended' || (await isOfImports(api, session))) over.push(session);
  }
  const body = { reason: 'It was over before it was imported.' };
  await taking.eachOf('sessions that are over', over, (id) => answered(api.POST('/api/coord/sessions/{id}/end', { params: { path: { id } }, body })));
  return over.length;
}

/** Whether all that the engine knows of a session is what imports bring. */
async function isOfImports(api: CoordClient, session_id: string): Promise<boolean> {
  const events = await everyItem((at) => answered(api.GET('/api/coord/history', { params: { query: { ...at, session_id } } })));
  return events.every(({ type, data }) => BROUGHT.includes(type) || (type === 'MessageSent' && isImported(data.metadata)));
}
