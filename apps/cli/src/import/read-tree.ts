import type { Entry, Kind } from './entry';
import { Fields } from './fields';
import { SessionNames } from './names';
import { type ClaimRecord, readClaim } from './read-claim';
import { type HeartbeatRecord, readHeartbeat } from './read-heartbeat';
import { type MessageRecord, readMessage } from './read-message';
import { readSession, type SessionRecord } from './read-session';
import { type JsonRecord, readRecords } from './records';
import { NotTaken, Source } from './source';
import type { Tree } from './tree';

/** A record that can be taken, with its line of the report. */
export interface Candidate<Content> {
  entry: Entry;
  record: Content;
  /** What it says, to tell copies from other records with the same id. */
  content: string;
}

export interface Candidates {
  sessions: Candidate<SessionRecord>[];
  heartbeats: Candidate<HeartbeatRecord>[];
  claims: Candidate<ClaimRecord>[];
  messages: Candidate<MessageRecord>[];
  /** The lines of everything that was found, taken or not. */
  entries: Entry[];
}

/** Reads every file of the tree. Sessions come first, for the other records name them, and not always in full. */
export function readCandidates({ found, aside }: Tree): Candidates {
  const names = new SessionNames();
  const entries: Entry[] = aside.map((entry) => ({ ...entry, outcome: 'not-taken' }));
  const sources: Record<Kind, { source: Source; json: JsonRecord }[]> = { session: [], heartbeat: [], claim: [], message: [] };
  for (const file of found) {
    const content = readRecords(file.path);
    if ('reason' in content) {
      entries.push({ file: file.file, kind: file.kind, outcome: 'not-taken', ...content });
      continue;
    }
    const { records, mtimeMs, notes } = content;
    records.forEach((json, index) => {
      const source = new Source(file, new Fields(json), records.length > 1 ? index + 1 : null, mtimeMs, notes);
      sources[file.kind].push({ source, json });
    });
  }
  const read = <Content>(kind: Kind, reader: (source: Source, names: SessionNames) => Content, idOf: (record: Content) => string) =>
    sources[kind].flatMap(({ source, json }): Candidate<Content>[] => {
      const { found, record: number, notes } = source;
      const entry: Entry = { file: found.file, kind, ...(number !== null && { record: number }), outcome: 'not-taken' };
      entries.push(entry);
      try {
        const record = reader(source, names);
        Object.assign(entry, { id: idOf(record), ...(notes.length > 0 && { notes }) });
        return [{ entry, record, content: canonical(json) }];
      } catch (error) {
        if (!(error instanceof NotTaken)) throw error;
        Object.assign(entry, { reason: error.reason, ...(error.detail && { detail: error.detail }) });
        return [];
      }
    });
  const bySession = (record: { session_id: string }): string => record.session_id;
  const sessions = read('session', readSession, bySession);
  for (const { record } of sessions) names.add(record.session_id);
  return {
    sessions,
    heartbeats: read('heartbeat', readHeartbeat, bySession),
    claims: read('claim', readClaim, ({ resource }) => resource),
    messages: read('message', readMessage, ({ external_id }) => external_id),
    entries,
  };
}

/** The same text for the same JSON, in whatever order its members stand. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
