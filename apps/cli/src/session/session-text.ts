import type { Session } from '@coord/client/index';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import { relativeTime } from '../output/relative-time';
import { cell, table } from '../output/table';

const statusText = (status: Session['status'], { green, yellow, red, dim }: Colors): string =>
  ({ active: green, idle: yellow, lost: red, ended: dim })[status](status);

/** What a session said last that it is at, in one line. */
export function statementText(last: Session['last_heartbeat']): string {
  if (!last) return '';
  const progress = last.progress === null ? '' : `${last.progress}%`;
  return plainLine([last.phase, [last.action, last.target].filter(Boolean).join(' '), progress].filter(Boolean).join(', '));
}

/** Sessions as a table. */
export function sessionsText(sessions: readonly Session[], colors: Colors): string {
  if (sessions.length === 0) return 'No sessions.';
  const rows = sessions.map((session) => [
    cell(session.session_id),
    statusText(session.status, colors),
    relativeTime(session.last_activity_at),
    String(session.locks.length),
    String(session.unread),
    cell(session.project_key ?? ''),
    cell(statementText(session.last_heartbeat)),
  ]);
  return table(['SESSION', 'STATUS', 'LAST SEEN', 'LOCKS', 'UNREAD', 'PROJECT', 'AT'], rows, { styled: true });
}

/** One session in full. */
export function sessionText(session: Session, colors: Colors): string {
  const { session_id, status, project_key, user, machine, agent, last_heartbeat, locks, unread, capabilities } = session;
  const said = statementText(last_heartbeat);
  const line = (name: string, value: string | null): string[] => (value ? [`  ${name.padEnd(12)} ${plainLine(value)}`] : []);
  return [
    `${colors.bold(plainLine(session_id))}  ${statusText(status, colors)}, last seen ${relativeTime(session.last_activity_at)}`,
    ...line('project', project_key),
    ...line('user', user),
    ...line('machine', machine),
    ...line('agent', agent),
    ...line('good for', capabilities.join(', ')),
    ...line('at', said),
    ...line('next', last_heartbeat?.next_action ?? null),
    ...line('unread', String(unread)),
    ...locks.flatMap((lock) =>
      line('holds', `${lock.resource} of ${lock.project_key}${lock.expires_at ? `, expires ${relativeTime(lock.expires_at)}` : ''}`),
    ),
  ].join('\n');
}
