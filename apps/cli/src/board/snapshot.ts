import { answered, type Board, type CoordClient, everyItem, type Message, type Session } from '@coord/client/index';
import { ARCHIVE } from '../import/archive';

/** What a board shows. */
export interface Snapshot {
  project_key: string;
  board: Board;
  /** Those that are at work, or lost with locks in their hands; in the order in which they came. */
  sessions: Session[];
  /** Sessions that were lost and hold nothing: only how many. */
  lost: number;
  /** The latest, oldest first. */
  messages: Message[];
}

const RECENT = 10;
const HOUR = 3_600_000;

/** Looks at the engine, by whose clock "recent" is meant. */
export async function snapshotOf(api: CoordClient, project_key: string): Promise<Snapshot> {
  const board = await answered(api.GET('/api/coord/status', { params: { query: { project_key } } }));
  const messages = await recentMessages(api, project_key, Date.parse(board.generated_at));
  const isShown = ({ status, locks }: Session): boolean => status !== 'lost' || locks.length > 0;
  const sessions = board.sessions.filter(isShown).sort((a, b) => (a.registered_at < b.registered_at ? -1 : 1));
  return { project_key, board, sessions, lost: board.sessions.length - sessions.length, messages };
}

/** The engine lists the oldest first: looked for in the last hour, and further back when that has few. */
async function recentMessages(api: CoordClient, project_key: string, now: number): Promise<Message[]> {
  let found: Message[] = [];
  for (const hours of [1, 24, 168]) {
    const since = new Date(now - hours * HOUR).toISOString();
    const all = await everyItem((at) => answered(api.GET('/api/coord/messages', { params: { query: { ...at, project_key, since } } })));
    found = all.filter(({ to_session }) => to_session !== ARCHIVE);
    if (found.length >= RECENT) break;
  }
  return found.sort((a, b) => (sentAt(a) < sentAt(b) ? -1 : 1)).slice(-RECENT);
}

/** When it was sent; of an imported message, when it was sent first. */
export function sentAt({ metadata, sent_at }: Message): string {
  const { sent_at: first } = (metadata?.coordination ?? {}) as { sent_at?: unknown };
  return typeof first === 'string' ? first : sent_at;
}
