import type { Board } from './board';

/**
 * Text from agents is data: nothing of it may become markup, neither Markdown's nor HTML's, nor break a table's row. What only means
 * something where a line begins (`#`, `-`, `+`, `1.`) stays as it is, or names could not be found by what they are.
 */
const plain = (text: string | null): string =>
  (text ?? '')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]/g, '\\$&');

const table = (columns: string[], rows: (string | null)[][]): string =>
  rows.length === 0
    ? 'None.\n'
    : `| ${columns.join(' | ')} |\n|${columns.map(() => '---').join('|')}|\n${rows.map((row) => `| ${row.map(plain).join(' | ')} |\n`).join('')}`;

/** The board as a page for people, in Markdown. */
export function boardPage(board: Board): string {
  const { locks, components, workflows, sessions, work, blockers } = board;
  return `# Status

${board.generated_at}, log position ${board.position}. Unread messages: ${board.unread_messages}.

## Locks

${table(
  ['Project', 'Resource', 'Mode', 'Holder', 'For', 'Since', 'Until', 'Stale'],
  locks.map((lock) => [
    lock.project_key,
    lock.resource,
    lock.mode,
    lock.session_id,
    lock.description,
    lock.acquired_at,
    lock.expires_at ?? 'no expiry',
    lock.stale ? `yes, silent since ${lock.last_activity_at}` : 'no',
  ]),
)}
## Components

${table(
  ['Project', 'Component', 'State', 'Version', 'Notes', 'By', 'At'],
  components.map((c) => [c.project_key, c.component, c.state, c.version, c.notes, c.updated_by, c.updated_at]),
)}
## Workflows

Work items: ${work.ready} ready, ${work.in_progress} in progress, ${work.blocked} blocked.

${table(
  ['Project', 'Workflow', 'Status', 'Done', 'By', 'Changed'],
  workflows.map(({ project_key, name, status, progress, created_by, updated_at }) => [
    project_key,
    name,
    status,
    `${progress.completed} of ${progress.total}, ${progress.percent} %`,
    created_by,
    updated_at,
  ]),
)}
## Sessions

${table(
  ['Session', 'Project', 'Status', 'Last activity', 'At', 'Unread'],
  sessions.map(({ session_id, project_key, status, last_activity_at, last_heartbeat, unread }) => [
    session_id,
    project_key,
    status,
    last_activity_at,
    last_heartbeat && [last_heartbeat.action, last_heartbeat.target, last_heartbeat.phase].filter((said) => said !== null).join(' '),
    String(unread),
  ]),
)}
## Blockers

${table(
  ['Project', 'From', 'To', 'Subject', 'Sent'],
  blockers.map((message) => [message.project_key, message.from_session, message.to_session, message.subject, message.sent_at]),
)}`;
}
