/** What the records of a folder are. */
export type Kind = 'session' | 'heartbeat' | 'claim' | 'message';

/** Why a file, or a record of it, is not taken. */
export type Reason =
  | 'no-record'
  | 'link'
  | 'no-regular-file'
  | 'unreadable'
  | 'too-big'
  | 'empty'
  | 'binary'
  | 'no-json'
  | 'no-object'
  | 'missing-field'
  | 'bad-name'
  | 'same-content'
  | 'other-content'
  | 'session-over'
  | 'older'
  | 'claim-over'
  | 'claimed-by-another'
  | 'refused';

/** What each reason means, for people. */
export const REASONS: Readonly<Record<Reason, string>> = {
  'no-record': 'no record: an editor backup, a file of the system, a note',
  link: 'a symbolic link, which is not followed',
  'no-regular-file': 'no regular file',
  unreadable: 'cannot be read',
  'too-big': 'too big for a record',
  empty: 'empty',
  binary: 'binary, no text',
  'no-json': 'no JSON',
  'no-object': 'JSON, but no object',
  'missing-field': 'a field is missing that nothing else tells',
  'bad-name': 'names something that can be no session or resource',
  'same-content': 'the same record is in another file, and was taken once',
  'other-content': 'the same id has another content elsewhere, which was taken',
  'session-over': 'the session is over',
  older: 'the session has a later heartbeat',
  'claim-over': 'the claim was released, or has expired',
  'claimed-by-another': 'another session holds the resource',
  refused: 'the engine refused it',
};

/** `taken`: written now (or to be written, in a dry run); `known`: the engine had it before. */
export type Outcome = 'taken' | 'known' | 'not-taken';

/** A line of the report: what came of a file, or of one of several records in it. */
export interface Entry {
  file: string;
  kind: Kind;
  /** Which record of the file, from 1 on, where it holds several. */
  record?: number;
  /** The session, resource or message id. */
  id?: string;
  outcome: Outcome;
  reason?: Reason;
  detail?: string;
  /** What was taken otherwise than it was written, or guessed. */
  notes?: string[];
}
