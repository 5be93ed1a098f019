import type { Session } from '@coord/client/index';
import { markdownTable, markdownText } from './markdown';
import { type Snapshot, sentAt } from './snapshot';

const MOST_OF_A_BODY = 200;

/** `STATUS_BOARD.md` as the older scripts generated it: active sessions, what each is working on, progress, claims, recent messages. */
export function boardPage({ project_key, board, sessions, lost, messages }: Snapshot): string {
  const more = lost > 0 ? `\n${lost} more ${lost === 1 ? 'session was' : 'sessions were'} lost, and ${lost === 1 ? 'holds' : 'hold'} nothing.\n` : '';
  return `# Status Board

**Updated:** ${secondOf(board.generated_at)}
**Project:** ${markdownText(project_key)}

## Active Sessions

${markdownTable(['Session', 'Status', 'Working On', 'Phase', 'Progress', 'Next', 'Last Sign'], sessions.map(sessionRow))}${more}
## Active Claims

${markdownTable(
  ['Resource', 'Session', 'Until'],
  board.locks.map((lock) => [
    lock.resource,
    lock.session_id + (lock.stale ? ' (stale)' : ''),
    lock.expires_at ? secondOf(lock.expires_at) : 'it is released',
  ]),
)}
## Recent Messages

${markdownTable(
  ['Sent', 'From', 'To', 'Subject', 'Message'],
  messages.map((message) => [
    secondOf(sentAt(message)),
    message.from_session,
    message.to_session === 'ALL_SESSIONS' ? 'all' : message.to_session,
    message.subject,
    message.body.length > MOST_OF_A_BODY ? `${[...message.body].slice(0, MOST_OF_A_BODY).join('')}…` : message.body,
  ]),
)}
Written by \`coord board\` from the engine; what is written here by hand is lost.
`;
}

function sessionRow({ session_id, status, last_heartbeat, last_activity_at }: Session): string[] {
  const { action, target, phase, progress, next_action } = last_heartbeat ?? {};
  const workingOn = [action, target].filter(Boolean).join(' ');
  return [session_id, status, workingOn, phase ?? '', progressText(progress), next_action ?? '', secondOf(last_activity_at)];
}

/** `25%`; empty where nothing is said. */
export const progressText = (progress: number | null | undefined): string => (typeof progress === 'number' ? `${progress}%` : '');

/** `2025-11-15 18:00:05 UTC` */
export const secondOf = (time: string): string => `${time.slice(0, 19).replace('T', ' ')} UTC`;

/** The page but for the moment that it was made at. */
export const withoutMoment = (page: string): string => page.replace(/^\*\*Updated:\*\*.*$/m, '');
