import { isDeepStrictEqual } from 'node:util';
import type { HistoryEvent, ReadSide } from './record';

const ALL_SESSIONS = 'ALL_SESSIONS';
type Fields = Record<string, unknown>;

/** The read models say what a fold of the log says. */
export function checkReads(history: readonly HistoryEvent[], { locks, components, unread }: ReadSide): string[] {
  return [
    ...compare(
      'Lock',
      foldLocks(history),
      indexed(locks, 'id', ['session_id', 'resource', 'mode', 'fence', 'acquired_at', 'renewed_at', 'expires_at']),
    ),
    ...compare('Component', foldComponents(history), indexed(components, 'component', ['state', 'version', 'notes', 'updated_by', 'revision'])),
    ...compare('Unread count of', foldUnread(history, Object.keys(unread)), new Map(Object.entries(unread))),
  ];
}

function compare(what: string, folded: ReadonlyMap<unknown, unknown>, read: ReadonlyMap<unknown, unknown>): string[] {
  return [...new Set([...folded.keys(), ...read.keys()])].flatMap((key) => {
    const [due, shown] = [folded.get(key), read.get(key)];
    return isDeepStrictEqual(due, shown) ? [] : [`${what} ${key} is shown as ${JSON.stringify(shown)}, the log says ${JSON.stringify(due)}.`];
  });
}

const pick = (from: Fields, names: readonly string[]): Fields => Object.fromEntries(names.map((name) => [name, from[name]]));

const indexed = (items: readonly Fields[], key: string, names: readonly string[]): Map<unknown, Fields> =>
  new Map(items.map((item) => [item[key], pick(item, names)]));

function foldLocks(history: readonly HistoryEvent[]): Map<unknown, Fields> {
  const locks = new Map<unknown, Fields>();
  for (const { type, data } of history) {
    if (type === 'LockClaimed')
      locks.set(data.lock_id, {
        ...pick(data, ['session_id', 'resource', 'mode', 'fence', 'acquired_at']),
        renewed_at: null,
        expires_at: data.expires_at,
      });
    else if (type === 'LockRenewed') locks.set(data.lock_id, { ...locks.get(data.lock_id), ...pick(data, ['mode', 'expires_at', 'renewed_at']) });
    else if (type.startsWith('Lock')) locks.delete(data.lock_id);
  }
  return locks;
}

function foldComponents(history: readonly HistoryEvent[]): Map<unknown, Fields> {
  const updates = history.filter(({ type }) => type === 'ComponentUpdated');
  return new Map(updates.map(({ data }) => [data.component, pick(data, ['state', 'version', 'notes', 'updated_by', 'revision'])]));
}

/** Direct messages that their addressee has not read, and the broadcasts of others that the session has not read. */
function foldUnread(history: readonly HistoryEvent[], sessions: readonly string[]): Map<string, number> {
  const unread = new Map(sessions.map((session) => [session, new Set<unknown>()]));
  for (const { type, data } of history) {
    if (type === 'MessageRead') unread.get(String(data.session_id))?.delete(data.message_id);
    if (type !== 'MessageSent') continue;
    const readers = data.to_session === ALL_SESSIONS ? sessions.filter((session) => session !== data.from_session) : [String(data.to_session)];
    for (const reader of readers) unread.get(reader)?.add(data.message_id);
  }
  return new Map([...unread].map(([session, messages]) => [session, messages.size]));
}
