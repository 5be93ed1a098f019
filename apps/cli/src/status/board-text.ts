import type { Board, Session, Workflow } from '@coord/client/index';
import { componentsText } from '../component/components-text';
import { locksText } from '../lock/lock-text';
import { messagesTable } from '../msg/messages-table';
import type { Colors } from '../output/output';
import { relativeTime } from '../output/relative-time';
import { cell, table } from '../output/table';

/**
 * The board for people: what there is of each part, the parts that are empty in one line at the end.
 * @param now the moment that times are told against, ms
 */
export function boardText(board: Board, colors: Colors, now: number): string {
  const { bold, dim, yellow, red } = colors;
  const { work, unread_messages, locks, stale_locks, components, workflows, sessions, blockers } = board;
  const figures = [
    `${sessions.filter(({ status }) => status === 'active').length} active of ${sessions.length} sessions`,
    `${locks.length} ${locks.length === 1 ? 'lock' : 'locks'}${stale_locks.length > 0 ? yellow(` (${stale_locks.length} stale)`) : ''}`,
    `work: ${work.ready} ready, ${work.in_progress} in progress, ${work.blocked} blocked`,
    unread_messages > 0
      ? bold(`${unread_messages} unread ${unread_messages === 1 ? 'message' : 'messages'} (coord msg inbox)`)
      : 'no unread messages',
  ];
  const sections: [string, number, () => string][] = [
    [red('Blockers'), blockers.length, () => messagesTable(blockers, colors, now)],
    [bold('Sessions'), sessions.length, () => sessionsText(sessions, colors, now)],
    [bold('Locks'), locks.length, () => locksText(locks, colors, now)],
    [bold('Workflows'), workflows.length, () => workflowsText(workflows, colors, now)],
    [bold('Components'), components.length, () => componentsText(components, colors, now)],
  ];
  const shown = sections.filter(([, length]) => length > 0).map(([head, , text]) => `\n${head}\n${text()}`);
  return [`${bold('Coord')} ${dim(`${board.generated_at}, position ${board.position}`)}`, figures.join(' · '), ...shown].join('\n');
}

function sessionsText(sessions: readonly Session[], { bold, dim, green, yellow, red }: Colors, now: number): string {
  const paint = { active: green, idle: yellow, lost: red, ended: dim };
  const rows = sessions.map(({ session_id, status, project_key, last_heartbeat, last_activity_at, locks, unread }) => [
    bold(cell(session_id, 40)),
    paint[status](status),
    cell(project_key ?? '', 20),
    cell(doing(last_heartbeat), 50),
    relativeTime(last_activity_at, now),
    String(locks.length || ''),
    String(unread || ''),
  ]);
  return table(['SESSION', 'STATUS', 'PROJECT', 'DOES', 'SEEN', 'LOCKS', 'UNREAD'], rows, { styled: true });
}

function doing(heartbeat: Session['last_heartbeat']): string {
  if (heartbeat === null) return '';
  const { action, target, phase, progress } = heartbeat;
  return [action, target, phase, progress === null ? null : `${progress} %`].filter((said) => said !== null).join(' ');
}

function workflowsText(workflows: readonly Workflow[], { bold }: Colors, now: number): string {
  const rows = workflows.map(({ name, project_key, status, progress, updated_at }) => [
    bold(cell(name)),
    cell(project_key, 20),
    status,
    `${progress.completed} of ${progress.total}, ${progress.percent} %`,
    progress.blocked > 0 ? `${progress.blocked} blocked` : '',
    relativeTime(updated_at, now),
  ]);
  return table(['WORKFLOW', 'PROJECT', 'STATUS', 'DONE', '', 'CHANGED'], rows, { styled: true });
}
