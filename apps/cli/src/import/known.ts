import { answered, type CoordClient, type Lock, type Session } from '@coord/client/index';

/** A message that an earlier run has brought, or that has the same external id. */
export interface KnownMessage {
  id: string;
  from_session: string;
  subject: string;
  body: string;
}

/** What the engine has of the project, before anything is taken. */
export interface Known {
  sessions: Map<string, Session>;
  /** Every lock that these holders ever had in the project. */
  locks: Lock[];
  /** By the id that they have in the tree. */
  messages: Map<string, KnownMessage>;
}

/** Asks the engine. `holders`: the sessions whose claims are to be taken. */
export async function knownOf(api: CoordClient, project_key: string, holders: readonly string[]): Promise<Known> {
  const sessions = new Map<string, Session>();
  await everyPage(
    (cursor) => answered(api.GET('/api/coord/sessions', { params: { query: { limit: 500, cursor } } })) as Promise<Page<Session>>,
    (session) => sessions.set(session.session_id, session),
  );
  const locks: Lock[] = [];
  for (const session_id of new Set(holders)) {
    const query = { project_key, session_id, include_inactive: true, limit: 500 };
    const page = (cursor?: string) => answered(api.GET('/api/coord/locks', { params: { query: { ...query, cursor } } })) as Promise<Page<Lock>>;
    await everyPage(page, (lock) => locks.push(lock));
  }
  const messages: Known['messages'] = new Map();
  await everyPage(
    (cursor) => answered(api.GET('/api/coord/messages', { params: { query: { project_key, limit: 500, cursor } } })) as Promise<Page<Imported>>,
    ({ metadata, ...message }) => {
      const id = metadata?.coordination?.external_id;
      if (id !== undefined) messages.set(id, message);
    },
  );
  return { sessions, locks, messages };
}

/** With `limit` or `cursor` in the query a list comes in pages (protocol, "Lists"). */
interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

type Imported = KnownMessage & { metadata: { coordination?: { external_id?: string } } | null };

async function everyPage<Item>(page: (cursor?: string) => Promise<Page<Item>>, take: (item: Item) => unknown): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const { items, next_cursor } = await page(cursor);
    items.forEach(take);
    if (next_cursor === null) return;
    cursor = next_cursor;
  }
}
