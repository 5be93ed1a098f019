import type { Board, Message } from '@coord/client/index';
import { plainLine, plainText } from '../output/plain-text';
import { span } from '../output/relative-time';
import { ask, type Engine, query } from './engine';
import type { Identity } from './identity';

/** What tools take from a hook before they cut it (Claude Code 10,000 characters, Codex some 2,500 tokens), less what stands around it. */
const MOST_CHARACTERS = 7_000;
const LINE = '='.repeat(60);

/** Messages that an agent is to be shown, and how many more there are. */
export interface News {
  shown: readonly Message[];
  text: string;
}

/**
 * The unread messages of an agent, in the form of reference 001, oldest first; as many as fit, the others stay unread.
 * @returns null when there are none.
 * @throws Error when the engine does not answer.
 */
export async function unreadNews(engine: Engine, { own }: Identity): Promise<News | null> {
  const boxes = await Promise.all(own.map((session) => ask(engine, 'GET', `/messages${query({ to_session: session, unread_only: 'true' })}`)));
  const all = boxes.flatMap(messagesOf).filter(({ from_session }) => !own.includes(from_session));
  const messages = [...new Map(all.map((message) => [message.id, message])).values()].sort((one, other) => (one.sent_at < other.sent_at ? -1 : 1));
  return messages.length === 0 ? null : newsOf(messages);
}

function newsOf(messages: readonly Message[]): News {
  const texts: string[] = [];
  let left = MOST_CHARACTERS;
  for (const message of messages) {
    const text = printed(message, MOST_CHARACTERS);
    if (text.length > left) break;
    texts.push(text);
    left -= text.length;
  }
  const more = messages.length - texts.length;
  const head = `UNREAD COORD MESSAGES (${messages.length}). Show them to your user word for word before you do anything else.`;
  return { shown: messages.slice(0, texts.length), text: [head, ...texts, ...(more > 0 ? [`${more} more: coord msg inbox`] : [])].join('\n') };
}

function printed({ id, from_session, subject, body }: Message, most: number): string {
  const head = [LINE, `MESSAGE FROM ${plainLine(from_session)} — ${plainLine(subject)}`, LINE].join('\n');
  const room = most - head.length - 200;
  const text = plainText(body);
  const whole = text.length <= room ? text : `${text.slice(0, room)}…\n(The rest: coord msg thread ${id})`;
  return [head, whole, LINE].join('\n');
}

/** Marks messages as read by everybody whom they were for here. */
export async function markRead(engine: Engine, { shown }: News, { own }: Identity): Promise<void> {
  const ids = shown.map(({ id }) => id);
  await Promise.all(own.map((session_id) => ask(engine, 'PUT', '/messages/read', { session_id, ids })));
}

/** What an agent should know when it begins: who it is, and who holds what. */
export function briefing(board: unknown, project_key: string | null, { session_id, made }: Identity, told: boolean): string {
  const where = project_key === null ? '' : ` in project ${plainLine(project_key)}`;
  const { locks = [] } = (board ?? {}) as Partial<Board>;
  const lines = locks.slice(0, 10).map(({ resource, session_id: holder, ttl_remaining_ms, description, stale }) => {
    const until = stale ? 'stale' : ttl_remaining_ms ? `for another ${span(ttl_remaining_ms)}` : 'until released';
    return `- ${plainLine(resource)}: ${plainLine(holder)}${holder === session_id ? ' (you)' : ''}, ${until}${description ? `, ${plainLine(description).slice(0, 80)}` : ''}`;
  });
  const more = locks.length > 10 ? [`- … and ${locks.length - 10} more: coord lock list`] : [];
  return [
    `Coord: you are session ${plainLine(session_id)}${where}. Files that other sessions have locked can't be edited.`,
    ...(made && !told ? [`Give coord commands that name: COORD_SESSION_ID=${plainLine(session_id)} coord …`] : []),
    'Claim what you are going to change: coord lock claim <project> <file> "<why>". Release it when done.',
    locks.length === 0 ? 'No locks are held.' : `Locks (${locks.length}):`,
    ...lines,
    ...more,
  ].join('\n');
}

function messagesOf(answer: unknown): Message[] {
  const isMessage = (one: unknown): boolean =>
    typeof one === 'object' &&
    one !== null &&
    ['id', 'from_session', 'subject', 'body'].every((name) => typeof (one as Record<string, unknown>)[name] === 'string');
  if (Array.isArray(answer) && answer.every(isMessage)) return answer as Message[];
  throw new Error('what answered is no engine: it gave no list of messages');
}
