import { createHash } from 'node:crypto';
import type { Message } from '@coord/client/index';
import { nameOf, type SessionNames } from './names';
import { NotTaken, type Source } from './source';
import { clean } from './statement';

export interface MessageRecord {
  /** The id that the record had, else one made of what it says. */
  external_id: string;
  from_session: string;
  /** Null: a broadcast. */
  to_session: string | null;
  subject: string;
  body: string;
  type: Message['type'];
  priority: Message['priority'];
  at: number;
  /** The id, as the tree has it, of the message that this one answers. */
  answers: string | null;
  references: string[];
  ack_required: boolean;
  /** It lies in an archive, or says so. */
  archived: boolean;
  /** Read by its addressee. */
  read: boolean;
  read_by: string[];
  /** What the engine has no field for. */
  original: Record<string, string>;
}

const BROADCAST = /^(all|all_sessions|broadcast|fleet|everyone|\*)$/i;
const ARCHIVE = /^(archived?|read|processed|done|old)$/i;
const TYPES: Readonly<Record<string, Message['type']>> = {
  ...{
    note: 'note',
    directive: 'directive',
    question: 'question',
    response: 'response',
    progress: 'progress',
    blocker: 'blocker',
    completion: 'completion',
  },
  ...{ error: 'error', answer: 'response', reply: 'response', status: 'progress', update: 'progress', blocked: 'blocker', complete: 'completion' },
  ...{ completed: 'completion', task: 'directive', request: 'question', instruction: 'directive' },
};
const PRIORITIES: Readonly<Record<string, Message['priority']>> = {
  ...{ low: 'low', normal: 'normal', high: 'high', urgent: 'urgent', medium: 'normal', critical: 'urgent', important: 'high' },
};

/** @throws NotTaken */
export function readMessage(source: Source, names: SessionNames): MessageRecord {
  const { fields, found } = source;
  const content = fields.part('message', 'body', 'content', 'payload');
  const from = fields.text('from', 'from_session', 'sender', 'session_id', 'author');
  if (from === null) throw new NotTaken('missing-field', 'from');
  const from_session = source.session(names, from);
  const to_session = addresseeOf(source, names);
  const said = fields.text('message', 'body', 'content', 'text', 'msg') ?? content?.text('body', 'text', 'message', 'content');
  const subject = fields.text('subject', 'title', 'topic') ?? content?.text('subject', 'title');
  if (said === null && subject === null) throw new NotTaken('missing-field', 'message');
  const body = clean(said ?? (content ? JSON.stringify(fields.value('message', 'body', 'content', 'payload')) : ''));
  const at = source.written('timestamp', 'sent_at', 'created_at', 'sent', 'created', 'time', 'date', 'ts');
  const id = fields.text('id', 'message_id', 'msg_id', 'uuid');
  const type = fields.text('type', 'message_type', 'kind', 'category');
  const priority = fields.text('priority', 'urgency', 'importance');
  const status = fields.text('status', 'state') ?? '';
  const what = { from_session, to_session, subject: clean(subject ?? body.split('\n')[0]?.slice(0, 80) ?? ''), body };
  return {
    ...what,
    external_id: (id && nameOf(id)) || madeId(what, source.notes.some((note) => note.startsWith('no time')) ? source.bareName : String(at)),
    type: TYPES[type?.trim().toLowerCase() ?? ''] ?? 'note',
    priority: PRIORITIES[priority?.trim().toLowerCase() ?? ''] ?? 'normal',
    at,
    answers: fields.text('reply_to', 'in_reply_to', 'replyto', 're', 'parent_id'),
    references: fields.list('references', 'refs').filter((one) => one.length <= 1_000),
    ack_required: [fields.value('ack_required', 'requires_ack')].some((value) => value === true || value === 'true'),
    archived: found.below.some((folder) => ARCHIVE.test(folder)) || isYes(fields.value('archived')) || /^archived$/i.test(status),
    read: isYes(fields.value('read', 'is_read', 'read_at')) || /^(read|seen|acknowledged|processed|archived)$/i.test(status),
    read_by: fields.list('read_by', 'readers', 'seen_by').flatMap((name) => names.meant(name) ?? []),
    original: {
      ...(id !== null && { id: clean(id) }),
      ...(type !== null && { type: clean(type) }),
      ...(priority !== null && { priority: clean(priority) }),
    },
  };
}

/** The folder says who gets a direct message, as the older scripts had it; the field, where the folder names no session of the tree. */
function addresseeOf(source: Source, names: SessionNames): string | null {
  const { found, fields, notes } = source;
  if (found.way === 'broadcast') return null;
  const field = fields.text('to', 'to_session', 'recipient', 'receiver');
  const folder = found.below.find((name) => !ARCHIVE.test(name));
  const inFolder = found.way === 'direct' && folder !== undefined ? names.meant(folder) : null;
  if (inFolder !== null && (field === null || BROADCAST.test(field) || names.has(inFolder) || names.meant(field) === inFolder)) {
    if (field !== null && names.meant(field) !== inFolder)
      notes.push(`the folder names the addressee, not "to": ${JSON.stringify(field).slice(0, 60)}`);
    return inFolder;
  }
  if (field === null)
    throw new NotTaken(folder === undefined ? 'missing-field' : 'bad-name', folder === undefined ? 'to' : 'the folder can be no session');
  return BROADCAST.test(field) ? null : source.session(names, field);
}

const isYes = (value: unknown): boolean => value !== undefined && value !== false && value !== 'false' && value !== 0;

/** For a record without a usable id: the same again for the same message, so that a second run knows it, also where it has moved to another folder. */
const madeId = (what: object, when: string): string =>
  `coordination-${createHash('sha256')
    .update(JSON.stringify([what, when]))
    .digest('hex')
    .slice(0, 32)}`;
