import { answered, type CoordClient, everyItem, type Lock, type Message, type Session } from '@coord/client/index';

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
  const sessions = await everyItem((at) => answered(api.GET('/api/coord/sessions', { params: { query: at } })));
  const messages = await everyItem((at) => answered(api.GET('/api/coord/messages', { params: { query: { ...at, project_key } } })));
  const locks: Lock[] = [];
  for (const session_id of new Set(holders)) {
    const query = { project_key, session_id, include_inactive: true };
    locks.push(...(await everyItem((at) => answered(api.GET('/api/coord/locks', { params: { query: { ...query, ...at } } })))));
  }
  return {
    locks,
    sessions: new Map(sessions.map((session) => [session.session_id, session])),
    messages: new Map(messages.flatMap((message) => importedId(message).map((id) => [id, message] as const))),
  };
}

/** The id in the tree of a message that an import has brought. */
function importedId({ metadata }: Message): string[] {
  const { external_id } = (metadata?.coordination ?? {}) as { external_id?: unknown };
  return typeof external_id === 'string' ? [external_id] : [];
}
