import type { Lock } from '@coord/client/index';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import { relativeTime, span } from '../output/relative-time';
import { shellWord } from '../output/shell-word';
import { cell, table } from '../output/table';
import { shortId } from '../short-id';

/** When it ends, by the server's clock as it was when it answered: `in 2 h`. */
export function untilText({ status, ttl_remaining_ms, ended_at }: Lock): string {
  if (status !== 'active') return `${status} ${relativeTime(ended_at)}`;
  return ttl_remaining_ms === null ? 'no expiry' : `in ${span(ttl_remaining_ms)}`;
}

/** What a holder should know of a lock that it was just given or that it renewed. */
export function grantText(lock: Lock, { green, dim }: Colors): string {
  const shared = lock.mode === 'shared' ? ' (shared)' : '';
  const until = lock.expires_at === null ? 'no expiry' : `until ${lock.expires_at} (${untilText(lock)})`;
  return `${green('Locked')} ${plainLine(lock.resource)} of ${plainLine(lock.project_key)}${shared} for ${plainLine(lock.session_id)}, ${until}, fence ${lock.fence}.
id ${lock.id}
${dim(`Release it when you are done: coord lock release ${shortId(lock.id)}`)}`;
}

/** Locks as a table; who looks for none is told so. */
export function locksText(locks: readonly Lock[], { bold, dim, yellow }: Colors, now = Date.now()): string {
  if (locks.length === 0) return 'No locks.';
  const rows = locks.map((lock) => [
    dim(shortId(lock.id)),
    cell(lock.project_key, 20),
    bold(cell(lock.resource, 50)),
    cell(lock.session_id, 30),
    relativeTime(lock.acquired_at, now),
    `${untilText(lock)}${lock.mode === 'shared' ? ', shared' : ''}${lock.stale ? yellow(', STALE') : ''}`,
    cell(lock.description ?? '', 40),
  ]);
  return table(['ID', 'PROJECT', 'RESOURCE', 'HOLDER', 'SINCE', 'ENDS', 'FOR'], rows, { styled: true });
}

/** Who is in the way, until when, and what to do about it. */
export function conflictText(lock: Lock, { red, yellow }: Colors): string {
  const [holder, id] = [plainLine(lock.session_id), shortId(lock.id)];
  const until = lock.expires_at === null ? 'without expiry' : `until ${lock.expires_at} (${untilText(lock)})`;
  const what = lock.description ? `: ${plainLine(lock.description)}` : '';
  const next = lock.stale
    ? `${yellow('It is stale')}: anyone may release it with \`coord lock release ${id}\`.`
    : `Work on something else, wait with \`coord lock wait\`, or ask: coord msg send ${shellWord(lock.session_id)} "…" "…"`;
  return `${red('Held')} by ${holder} for ${span(Date.now() - Date.parse(lock.acquired_at))}, ${until}, as ${plainLine(lock.resource)} (${lock.mode})${what}\n  ${next}`;
}
