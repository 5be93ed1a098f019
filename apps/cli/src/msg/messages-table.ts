import type { Message } from '@coord/client/index';
import type { Colors } from '../output/output';
import { relativeTime } from '../output/relative-time';
import { cell, table } from '../output/table';
import { shortId } from '../short-id';

const LOUD = new Set(['high', 'urgent']);

/** Messages as a table, one line each. */
export function messagesTable(messages: readonly Message[], { bold, dim, yellow }: Colors, now = Date.now()): string {
  if (messages.length === 0) return 'No messages.';
  const rows = messages.map(({ id, sent_at, from_session, to_session, type, priority, subject }) => [
    dim(shortId(id)),
    relativeTime(sent_at, now),
    cell(from_session, 30),
    cell(to_session, 30),
    LOUD.has(priority) ? yellow(`${type} (${priority})`) : type,
    bold(cell(subject)),
  ]);
  return table(['ID', 'SENT', 'FROM', 'TO', 'TYPE', 'SUBJECT'], rows, { styled: true });
}
