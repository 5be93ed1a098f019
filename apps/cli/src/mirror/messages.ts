import { basename, join } from 'node:path';
import { answered } from '@coord/client/index';
import type { Boxes, BoxFile } from './boxes';
import { freePath, moveInto, placeFile } from './durable-files';
import type { JsonObject, Piece } from './json-values';
import type { LoggedMessage } from './logged-message';
import { contradicts, documentOf, fileNameOf, hasId, type MessageDocument, messageToSend } from './message-file';
import type { MessageLog, ReadLog } from './message-log';
import type { MirroredProject } from './mirrored-project';
import { refusal } from './refusals';
import type { Rejects } from './rejects';

const EVERYONE = 'ALL_SESSIONS';
const TAKEN = 'Its id is that of another message, which was sent first: give it an id of its own, and put it back.';

/** A message that was found in a file or in a line, and how it is set aside. */
interface Found {
  value: JsonObject;
  reject: (reason: string) => void;
}

/** Inbox, outbox, archive and `messages.jsonl` on one side, the messages of the project on the other. */
export class Messages {
  constructor(
    private readonly project: MirroredProject,
    private readonly boxes: Boxes,
    private readonly lines: MessageLog,
    private readonly rejects: Rejects,
  ) {}

  /** Both ways, once. False: a file changed meanwhile, and has to be looked at again. */
  async pass(): Promise<boolean> {
    const { log } = this.project;
    const files = this.boxes.scan();
    const lines = this.lines.read();
    const refused = new Set<Piece>();
    await log.catchUp();
    if (await this.#send(this.#found(files, lines, refused))) await log.catchUp();
    const known = this.#settle(files);
    if (await this.#markRead(known)) await log.catchUp();
    const unreadable = new Set(files.filter(({ value }) => value === null).map(({ path }) => path));
    this.#place(known, new Set(lines.pieces.map(({ value }) => value?.id)), unreadable);
    return this.#writeLines(lines, refused);
  }

  /** All that could be a message, files before lines. */
  #found(files: readonly BoxFile[], lines: ReadLog, refused: Set<Piece>): Found[] {
    const found: Found[] = [];
    for (const { path, value, empty, forbidden } of files) {
      if (value) found.push({ value, reject: (reason) => this.rejects.file(path, reason) });
      else if (forbidden) this.rejects.file(path, 'It may not be read by whoever runs the mirror.');
      // an empty file may wait for whoever types into it
      else if (!empty && this.project.settling.settled(path)) this.rejects.file(path, 'It is no JSON object.');
    }
    for (const piece of lines.pieces) {
      const { value } = piece;
      if (!value) continue;
      const reject = (reason: string): void => {
        refused.add(piece);
        this.rejects.text(basename(this.lines.path), piece.text, reason);
      };
      found.push({ value, reject });
    }
    // what was wrong there was set aside when the file was put in order
    for (const { value } of this.lines.readBefore()) if (value) found.push({ value, reject: () => undefined });
    return found;
  }

  /** Sends what the engine does not know, in the order of the conversation. */
  async #send(found: readonly Found[]): Promise<boolean> {
    const { log, report } = this.project;
    const fresh = found.filter(({ value }) => !hasId(value) || !log.byFileId(value.id));
    const at = ({ value }: Found): number => Date.parse(String(value.timestamp)) || 0;
    const said = new Map<string, string>();
    for (const { value, reject } of fresh.sort((a, b) => at(a) - at(b))) {
      const reason = await this.#refusal(value, said);
      if (reason !== null) reject(reason);
      else if (hasId(value) && !said.has(value.id)) {
        said.set(value.id, JSON.stringify([value.type, value.content]));
        report.sent.push(value.id);
      }
    }
    const sentNow = new Set(fresh);
    const contradicting = found.filter((each) => !sentNow.has(each) && this.#contradicts(each.value));
    for (const { reject } of contradicting) reject(TAKEN);
    return said.size > 0;
  }

  #contradicts(value: JsonObject): boolean {
    const message = hasId(value) ? this.project.log.byFileId(value.id) : undefined;
    return message !== undefined && contradicts(value, message);
  }

  /** Sends a message; gives the reason why it can't be one. */
  async #refusal(value: JsonObject, said: ReadonlyMap<string, string>): Promise<string | null> {
    const { api, project_key, names, log, schemas } = this.project;
    const reason = schemas.message(value);
    if (reason !== null) return reason;
    const document = value as MessageDocument;
    if (typeof document.project_key === 'string' && document.project_key !== project_key)
      return `It names the project ${document.project_key}; the messages of this folder are those of ${project_key}.`;
    const first = said.get(document.id);
    if (first !== undefined) return first === JSON.stringify([document.type, document.content]) ? null : TAKEN;
    const body = messageToSend(document, project_key, names, log) as never;
    try {
      await answered(api.POST('/api/coord/messages', { body, params: { header: { 'Coord-Intended-At': intended(document.timestamp) } } }));
      return null;
    } catch (error) {
      return refusal(error);
    }
  }

  /** The files by the ids of their messages, as far as the engine has those. */
  #settle(files: readonly BoxFile[]): Map<string, BoxFile[]> {
    const known = new Map<string, BoxFile[]>();
    for (const file of files) {
      if (!file.value || !hasId(file.value) || !this.project.log.byFileId(file.value.id) || this.#contradicts(file.value)) continue;
      known.set(file.value.id, [...(known.get(file.value.id) ?? []), file]);
    }
    return known;
  }

  /** Who is to read it, and whether the project instance sent it or gets it. */
  #direction({ from_session, to_session }: LoggedMessage): { box: 'inbox' | 'outbox' | null; reader: string } {
    const { instance, coordinator } = this.project.names;
    if (to_session === instance || (to_session === EVERYONE && from_session !== instance)) return { box: 'inbox', reader: instance };
    return { box: from_session === instance ? 'outbox' : null, reader: to_session === EVERYONE ? coordinator : to_session };
  }

  /** What lies in the archive, or says of itself that it was read, was read. */
  async #markRead(known: ReadonlyMap<string, readonly BoxFile[]>): Promise<boolean> {
    const { api, log, report } = this.project;
    const before = report.read.length;
    for (const [fileId, files] of known) {
      const message = log.byFileId(fileId);
      if (!message || !files.some(({ box, value }) => box === 'archive' || value?.read === true)) continue;
      const { reader } = this.#direction(message);
      if (log.readAt(message, reader) !== undefined) continue;
      const params = { path: { id: message.id } };
      await answered(api.PUT('/api/coord/messages/{id}/read', { params, body: { session_id: reader } }));
      report.read.push(fileId);
    }
    return report.read.length > before;
  }

  /**
   * What is unread lies in its box, what was read in the archive. A message from the instance that stands in `messages.jsonl` and in no
   * file was written there by hand, or its file was taken away: it gets none.
   */
  #place(known: ReadonlyMap<string, readonly BoxFile[]>, inLog: ReadonlySet<unknown>, unreadable: ReadonlySet<string>): void {
    const { log, report } = this.project;
    for (const message of log.messages) {
      const { box, reader } = this.#direction(message);
      const files = known.get(message.file_id) ?? [];
      const readAt = log.readAt(message, reader);
      const archive = join(this.boxes.folder('archive'), readAt?.slice(0, 10) ?? '');
      if (readAt !== undefined)
        for (const file of files.filter((each) => each.box !== 'archive')) report.archived.push(...[moveInto(archive, file.path) ?? []].flat());
      if (files.length > 0 || box === null || unreadable.has(join(this.boxes.folder(box), fileNameOf(message.file_id)))) continue;
      if (readAt === undefined && (box === 'inbox' || !inLog.has(message.file_id))) this.#write(this.boxes.folder(box), message, false);
      else if (readAt !== undefined && !inLog.has(message.file_id)) this.#write(archive, message, true);
    }
  }

  #write(folder: string, message: LoggedMessage, read: boolean): void {
    const text = `${JSON.stringify({ ...this.#document(message), read }, null, 2)}\n`;
    let path = join(folder, fileNameOf(message.file_id));
    while (!placeFile(path, text)) path = freePath(folder, basename(path));
    this.project.report.written.push(path);
  }

  #document(message: LoggedMessage): MessageDocument {
    const { names, log, schemas } = this.project;
    return documentOf(message, names, log, (metadata) => schemas.metadata(metadata) === null);
  }

  #writeLines(read: ReadLog, refused: ReadonlySet<Piece>): boolean {
    const { log, report } = this.project;
    const line = (message: LoggedMessage): string => JSON.stringify(this.#document(message));
    // what a killed run left of a line of its own is no one's loss
    const isOurs = (torn: string): boolean => [...log.messages].some((message) => line(message).startsWith(torn));
    if (this.lines.beingWritten(read, isOurs)) return true;
    const seen = new Set<unknown>();
    const kept: Piece[] = [];
    for (const piece of read.pieces) {
      const { value, text } = piece;
      if (!value && !isOurs(text)) this.rejects.text(basename(this.lines.path), text, 'It is no JSON object.');
      if (!value || refused.has(piece) || seen.has(value.id)) continue;
      seen.add(value.id);
      kept.push(piece);
    }
    if (read.tail !== '' && !isOurs(read.tail)) this.rejects.text(basename(this.lines.path), read.tail, 'It is no JSON object: it ends too soon.');
    const missing = [...log.messages].filter(({ file_id }) => !seen.has(file_id));
    const changes = missing.length > 0 || kept.length < read.pieces.length || read.tail !== '' || kept.some(({ ownLine }) => !ownLine);
    if (changes) report.written.push(this.lines.path);
    return this.lines.write(read, kept, missing.map(line));
  }
}

/** A time that says where it counts from; others are refused with the document. */
const intended = (timestamp: unknown): string | undefined =>
  typeof timestamp === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(timestamp) ? timestamp : undefined;
