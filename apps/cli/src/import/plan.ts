import type { Reason } from './entry';
import type { ClaimRecord } from './read-claim';
import type { HeartbeatRecord } from './read-heartbeat';
import type { MessageRecord } from './read-message';
import type { SessionRecord } from './read-session';
import type { Candidate, Candidates } from './read-tree';

/** What is to be taken, unless the engine has it; each part in the order in which it came about. */
export interface Plan {
  sessions: Candidate<SessionRecord>[];
  /** One of each living session: the last. */
  heartbeats: Candidate<HeartbeatRecord>[];
  /** One of each resource that is held. */
  claims: Candidate<ClaimRecord>[];
  messages: Candidate<MessageRecord>[];
  /** Whether a session of the tree was at work lately. */
  isAlive: (session: string) => boolean;
}

/** The older system kept the signs of a session for this long ("24h auto-cleanup"). */
const SIGNS_COUNT_MS = 24 * 3_600_000;

/** Decides which records stand, and says of the others why not. `now` in ms. */
export function planOf(candidates: Candidates, now: number): Plan {
  const sessions = oneOfEach(
    candidates.sessions,
    ({ session_id }) => session_id,
    (a, b) => b.seen_at - a.seen_at,
  );
  const isAlive = lifeOf({ ...candidates, sessions }, now);
  return {
    sessions,
    isAlive,
    heartbeats: lastOfEach(candidates.heartbeats, isAlive),
    claims: held(candidates.claims, isAlive, now),
    messages: sent(candidates.messages),
  };
}

function refuse<Content>({ entry }: Candidate<Content>, reason: Reason, detail?: string): void {
  Object.assign(entry, { outcome: 'not-taken', reason, ...(detail && { detail }) });
}

/** Of those with the same id the first by `order`; the others are told apart into copies and contradictions. */
function oneOfEach<Content>(
  all: Candidate<Content>[],
  idOf: (record: Content) => string,
  order: (a: Content, b: Content) => number,
): Candidate<Content>[] {
  const first = new Map<string, Candidate<Content>>();
  for (const candidate of [...all].sort((a, b) => order(a.record, b.record))) {
    const id = idOf(candidate.record);
    const before = first.get(id);
    if (!before) first.set(id, candidate);
    else refuse(candidate, candidate.content === before.content ? 'same-content' : 'other-content', `see ${before.entry.file}`);
  }
  return [...first.values()];
}

function lifeOf({ sessions, heartbeats, claims, messages }: Candidates, now: number): (session: string) => boolean {
  const over = new Set(sessions.filter(({ record }) => record.over).map(({ record }) => record.session_id));
  const signs = new Map<string, number>();
  const sign = (session: string, at: number): unknown => signs.set(session, Math.max(at, signs.get(session) ?? 0));
  for (const { record } of sessions) sign(record.session_id, record.seen_at);
  for (const { record } of heartbeats) sign(record.session_id, record.at);
  for (const { record } of messages) sign(record.from_session, record.at);
  // Who holds something is at work, however long it has been silent.
  for (const { record } of claims) sign(record.session_id, isHeld(record, now) ? now : record.claimed_at);
  return (session) => !over.has(session) && now - (signs.get(session) ?? 0) <= SIGNS_COUNT_MS;
}

function lastOfEach(heartbeats: Candidate<HeartbeatRecord>[], isAlive: Plan['isAlive']): Candidate<HeartbeatRecord>[] {
  const last = new Map<string, Candidate<HeartbeatRecord>>();
  for (const candidate of [...heartbeats].sort((a, b) => b.record.at - a.record.at)) {
    const { session_id } = candidate.record;
    const later = last.get(session_id);
    if (!isAlive(session_id)) refuse(candidate, 'session-over');
    else if (!later) last.set(session_id, candidate);
    else refuse(candidate, candidate.content === later.content ? 'same-content' : 'older', `see ${later.entry.file}`);
  }
  return [...last.values()];
}

const isHeld = ({ over, expires_at }: ClaimRecord, now: number): boolean => !over && (expires_at === null || expires_at > now);

function held(claims: Candidate<ClaimRecord>[], isAlive: Plan['isAlive'], now: number): Candidate<ClaimRecord>[] {
  const standing = claims.filter((candidate) => {
    const { record } = candidate;
    if (!isHeld(record, now))
      refuse(candidate, 'claim-over', record.over ? 'released' : `expired ${new Date(record.expires_at ?? now).toISOString()}`);
    else if (!isAlive(record.session_id)) refuse(candidate, 'session-over', record.session_id);
    else return true;
    return false;
  });
  const until = ({ expires_at }: ClaimRecord): number => expires_at ?? Number.MAX_SAFE_INTEGER;
  const ofHolder = oneOfEach(
    standing,
    ({ session_id, resource }) => JSON.stringify([session_id, resource]),
    (a, b) => until(b) - until(a),
  );
  const holders = new Map<string, string>();
  return ofHolder
    .sort((a, b) => a.record.claimed_at - b.record.claimed_at)
    .filter((candidate) => {
      const { resource, session_id } = candidate.record;
      const holder = holders.get(resource);
      if (holder === undefined) holders.set(resource, session_id);
      else refuse(candidate, 'claimed-by-another', `${holder}, before`);
      return holder === undefined;
    });
}

/** A copy may lie in an archive, or say who has read it: that counts for the one that is taken. */
function sent(messages: Candidate<MessageRecord>[]): Candidate<MessageRecord>[] {
  const said = messages.map((one) => ({ ...one, content: saidBy(one.record) }));
  const taken = oneOfEach(
    said,
    ({ external_id }) => external_id,
    (a, b) => a.at - b.at,
  );
  const byId = new Map(taken.map((one) => [one.record.external_id, one]));
  for (const { record, entry } of said) {
    const first = byId.get(record.external_id)?.record;
    if (!first || entry.reason !== 'same-content') continue;
    first.archived ||= record.archived;
    first.read ||= record.read;
    first.read_by = [...new Set([...first.read_by, ...record.read_by])];
  }
  return taken;
}

/** What makes two messages with one id the same. */
export const saidBy = ({
  from_session,
  to_session,
  subject,
  body,
}: Pick<MessageRecord, 'from_session' | 'to_session' | 'subject' | 'body'>): string => JSON.stringify([from_session, to_session, subject, body]);
