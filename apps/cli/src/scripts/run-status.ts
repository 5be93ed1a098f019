import { answered, type Session } from '@coord/client/index';
import { progressText, secondOf } from '../board/board-page';
import { type Snapshot, snapshotOf } from '../board/snapshot';
import { plainLine } from '../output/plain-text';
import { SCRIPTS } from './names';
import type { ScriptRun } from './script-run';
import { statementText } from './statement';

const MOST_SESSIONS = 10;
const MOST_HEARTBEATS = 10;

/** `session-status.sh`: sessions in full, claims with their terms, the last heartbeats, and what else can be done. */
export async function runStatus(run: ScriptRun): Promise<void> {
  const snapshot = await snapshotOf(run.api, run.project_key);
  const heartbeats = await recentHeartbeats(run, snapshot.sessions);
  const commands = Object.entries(SCRIPTS).map(([name, { summary, usage }]) => `${name}.sh${usage && ` ${usage}`}: ${summary}`);
  const parts = [
    ['ACTIVE SESSIONS', ...sessionLines(snapshot)],
    ['ACTIVE CLAIMS', ...claimLines(snapshot)],
    ['RECENT HEARTBEATS', ...(heartbeats.length > 0 ? heartbeats : ['None'])],
    ['COMMANDS', ...commands],
  ];
  run.say(parts.map((lines) => lines.join('\n')).join('\n\n'));
}

function sessionLines({ sessions, lost }: Snapshot): string[] {
  const lines = sessions.flatMap((session) => {
    const { session_id, status, last_heartbeat, last_activity_at, unread } = session;
    const { target, phase, progress, next_action } = last_heartbeat ?? {};
    const details = {
      Status: status,
      'Working On': target,
      Phase: phase,
      Progress: progressText(progress),
      Next: next_action,
      'Last Sign': secondOf(last_activity_at),
      Unread: unread > 0 ? String(unread) : '',
    };
    const said = Object.entries(details).flatMap(([name, value]) => (value ? [`  ${name}: ${plainLine(value)}`] : []));
    return [`${plainLine(session_id)}: ${plainLine(statementText(last_heartbeat)) || status}`, ...said];
  });
  return [...(lines.length > 0 ? lines : ['None']), ...(lost > 0 ? [`(${lost} more were lost, and hold nothing)`] : [])];
}

function claimLines({ board }: Snapshot): string[] {
  const lines = board.locks.flatMap(({ resource, session_id, expires_at, stale }) => [
    `${plainLine(resource)} - ${plainLine(session_id)}`,
    `  Expires: ${expires_at ? secondOf(expires_at) : 'never'}${stale ? ' (stale: anyone may release it)' : ''}`,
  ]);
  return lines.length > 0 ? lines : ['None'];
}

/** Of the sessions that were at work last. */
async function recentHeartbeats(run: ScriptRun, sessions: readonly Session[]): Promise<string[]> {
  const latest = [...sessions].sort((a, b) => (a.last_activity_at < b.last_activity_at ? 1 : -1));
  const lists = await Promise.all(
    latest.slice(0, MOST_SESSIONS).map(async ({ session_id: id }) => {
      const answer = await answered(
        run.api.GET('/api/coord/sessions/{id}/heartbeats', { params: { path: { id }, query: { limit: MOST_HEARTBEATS } } }),
      );
      return (Array.isArray(answer) ? answer : answer.items).map((heartbeat) => ({ id, ...heartbeat }));
    }),
  );
  return lists
    .flat()
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, MOST_HEARTBEATS)
    .map(({ id, at, ...statement }) => `${secondOf(at)} ${plainLine(id)}: ${plainLine(statementText(statement)) || 'alive'}`);
}
