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
  /** Which session has read which message: `readingOf`. */
  readings: Set<string>;
}

/** That a session has read the message `id` of the engine. */
export const readingOf = (id: string, session: string): string => JSON.stringify([id, session]);

/** Asks the engine. `holders`: the sessions whose claims are to be taken. */
export async function knownOf(api: CoordClient, project_key: string, holders: readonly string[]): Promise<Known> {
  const sessions = await everyItem((at) => answered(api.GET('/api/coord/sessions', { params: { query: at } })));
  const messages = await everyItem((at) => answered(api.GET('/api/coord/messages', { params: { query: { ...at, project_key } } })));
  const query = { project_key, type: 'MessageRead' };
  const readings = await everyItem((at) => answered(api.GET('/api/coord/history', { params: { query: { ...at, ...query } } })));
  const locks: Lock[] = [];
  for (const session_id of new Set(holders)) {
    const query = { project_key, session_id, include_inactive: true };
    locks.push(...(await everyItem((at) => answered(api.GET('/api/coord/locks', { params: { query: { ...query, ...at } } })))));
  }
  return {
    locks,
    readings: new Set(readings.map(({ data }) => readingOf(String(data.message_id), String(data.session_id)))),
    sessions: new Map(sessions.map((session) => [session.session_id, session])),
    messages: new Map(messages.flatMap((message) => importedId(message).map((id) => [id, message] as const))),
  };
}

/** Whether the metadata of a message are those that an import gives it. */
export const isImported = (metadata: unknown): boolean => idIn(metadata) !== null;

/** The id in the tree of a message that an import has brought. */
function importedId({ metadata }: Message): string[] {
  const id = idIn(metadata);
  return id === null ? [] : [id];
}

function idIn(metadata: unknown): string | null {
  const { coordination } = (metadata ?? {}) as { coordination?: { external_id?: unknown } | null };
  return typeof coordination?.external_id === 'string' ? coordination.external_id : null;
}
