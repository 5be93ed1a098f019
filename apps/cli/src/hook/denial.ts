import { plainLine } from '../output/plain-text';
import { span } from '../output/relative-time';
import { shellWord } from '../output/shell-word';
import type { Blocked } from './locks-in-the-way';

/** So many files are named; the agent can't do more about a longer list. */
const NAMED = 10;

/** Why an edit is refused, as its agent and its user read it: who has the lock, until when, and what to do now. */
export function denial(blocked: readonly Blocked[]): string {
  const named = blocked.slice(0, NAMED).map(blockedLine);
  const more = blocked.length > NAMED ? [`… and ${blocked.length - NAMED} more`] : [];
  return [...named, ...more, ...whatToDo(blocked[0])].join('\n');
}

/** One file that is in the way, in one line. */
export function blockedLine({ resource, lock }: Blocked): string {
  const on = lock.resource === resource ? '' : ` (its lock is on ${plainLine(lock.resource)})`;
  const why = lock.description ? `, for: ${plainLine(lock.description)}` : '';
  return `${plainLine(resource)} is locked by ${plainLine(lock.session_id)}${on} ${untilWhen(lock)}${why}.`;
}

function untilWhen({ expires_at, ttl_remaining_ms, stale }: Blocked['lock']): string {
  if (stale) return 'and the lock is stale: its holder has not been active for long';
  if (!expires_at) return 'until it is released';
  return `until ${expires_at.slice(0, 16).replace('T', ' ')} UTC${ttl_remaining_ms ? ` (for another ${span(ttl_remaining_ms)})` : ''}`;
}

function whatToDo(first: Blocked | undefined): string[] {
  if (!first) return [];
  const { id, project_key, session_id, stale } = first.lock;
  const [project, resource, holder] = [project_key, first.resource, session_id].map(shellWord);
  return [
    'Do not change it in another way. What to do:',
    ...(stale ? [`- free the stale lock, then claim your own: coord lock release ${id}`] : []),
    `- wait until it is free: coord lock wait ${project} ${resource}`,
    `- ask its holder: coord msg send ${holder} "<subject>" "<body>"`,
    '- or work on something else meanwhile.',
  ];
}
