import { createHash } from 'node:crypto';
import type { JsonObject } from './json-values';
import type { LoggedMessage } from './logged-message';
import type { Names } from './names';
import type { ProjectLog } from './project-log';

/** A message as the files of reference 003 hold it. */
export type MessageDocument = JsonObject & { id: string };

/** `msg-*.json` for any id. */
export function fileNameOf(fileId: string): string {
  const stem = fileId.startsWith('msg-') ? fileId : `msg-${fileId}`;
  const plain = /^[\w.-]{1,200}$/.test(stem) ? stem : `msg-${createHash('sha256').update(fileId).digest('hex').slice(0, 32)}`;
  return `${plain}.json`;
}

/** The subject that the engine gives a message that came as a file: its type and what it is about. */
function derivedSubject({ type, references, metadata }: LoggedMessage): string {
  const about = typeof metadata?.task_id === 'string' ? metadata.task_id : references[0];
  return about === undefined ? type : `${type}: ${about}`;
}

/** Files have no notes, and a subject of their own: such a message was sent by other ways, under whatever id. */
const cameAsFile = (message: LoggedMessage): boolean =>
  message.external_id !== null && message.type !== 'note' && message.subject === derivedSubject(message);

/**
 * A message of the engine as a file. One that was no file has a subject, which becomes its first line; a note, for which files have no
 * type, is shown as progress. What it was is in `metadata.coord`.
 * @param fits whether metadata is as the schema wants them; others go below `metadata.coord`
 */
export function documentOf(message: LoggedMessage, names: Names, log: ProjectLog, fits: (metadata: JsonObject) => boolean): MessageDocument {
  const { timestamp, ...own } = message.metadata ?? {};
  const asFile = cameAsFile(message);
  const said = typeof timestamp === 'string' && asFile ? timestamp : message.sent_at;
  const metadata = asFile ? own : { ...inItsPlace(message.metadata ?? {}, fits, message) };
  return {
    id: message.file_id,
    from: names.name(message.from_session),
    to: names.name(message.to_session),
    timestamp: said.replace(/\.000Z$/, 'Z'),
    type: message.type === 'note' ? 'progress' : message.type,
    priority: message.priority,
    content: asFile ? message.body : contentOf(message),
    references: message.references.map((reference) => log.byId(reference)?.file_id ?? reference),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    read: false,
  };
}

function contentOf({ subject, body }: LoggedMessage): string {
  return subject === '' || subject === body ? body : `${subject}\n\n${body}`;
}

function inItsPlace(metadata: JsonObject, fits: (metadata: JsonObject) => boolean, { id, type, subject }: LoggedMessage): JsonObject {
  const coord = { message_id: id, type, subject };
  return fits(metadata) ? { ...metadata, coord } : { coord: { ...coord, metadata } };
}

/** A file's message as the engine takes it: names become sessions, and ids that only files know become those of the engine. */
export function messageToSend(document: MessageDocument, projectKey: string, names: Names, log: ProjectLog): JsonObject {
  const { references } = document;
  const known = (reference: unknown): unknown => {
    const message = typeof reference === 'string' ? log.byFileId(reference) : undefined;
    return message && message.external_id === null ? message.id : reference;
  };
  return {
    ...document,
    from: typeof document.from === 'string' ? names.session(document.from) : document.from,
    to: typeof document.to === 'string' ? names.session(document.to) : document.to,
    ...(Array.isArray(references) && { references: references.map(known) }),
    project_key: projectKey,
  };
}

/** Whether a document says something else than the message of its id that was sent first. What came from the engine may be edited at will. */
export function contradicts(document: JsonObject, message: LoggedMessage): boolean {
  if (!cameAsFile(message)) return false;
  return document.content !== message.body || document.type !== message.type;
}

export const hasId = (value: JsonObject): value is MessageDocument => typeof value.id === 'string' && value.id !== '';
