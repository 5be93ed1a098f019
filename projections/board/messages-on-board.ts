import { ALL_SESSIONS, type MessageEvent, type SentMessage } from '@coord/domain/message/index';
import type { RecordedEvent } from '@coord/projection-runner/index';
import type { MessageRow } from '@projections/inbox/index';
import { asStored } from './as-stored';

interface Direct {
  to: string;
  project_key: string | null;
}
interface Broadcast {
  from: string;
  project_key: string | null;
  sent_at: string;
  readers: Set<string>;
}
type Receipts = { delivered_at: string | null; read_at: string | null; acknowledged_at: string | null };
type Blocker = SentMessage & Receipts & { position: number };
type Receipt = Exclude<MessageEvent, { type: 'MessageSent' }>;

/** What of the messages is open: direct ones that their addressees have not read, late broadcasts with their readers, blockers without a response. */
export class MessagesOnBoard {
  readonly #direct = new Map<string, Direct>();
  readonly #broadcasts = new Map<string, Broadcast>();
  readonly #blockers = new Map<string, Blocker>();
  /** Blockers by what a response may name beside their ids, which is unique within a project only. */
  readonly #external = new Map<string, Set<string>>();
  #readers = 0;

  constructor(private readonly keepBroadcastsMs: number) {}

  get size(): number {
    return this.#direct.size + this.#broadcasts.size + this.#blockers.size + this.#readers;
  }

  /** `latestAt`: the latest moment of any event so far. */
  apply(event: RecordedEvent, latestAt: string): void {
    const { type, data, position } = event as RecordedEvent & MessageEvent;
    if (type === 'MessageSent') this.#sent(data, position, latestAt);
    else if (type === 'MessageDelivered' || type === 'MessageRead' || type === 'MessageAcknowledged') this.#received({ type, data } as Receipt);
  }

  #sent(message: SentMessage, position: number, latestAt: string): void {
    const { message_id: id, from_session: from, to_session: to, project_key, sent_at, type } = message;
    if (type === 'response') this.#answer(message);
    if (to === ALL_SESSIONS) {
      this.#broadcasts.set(id, { from, project_key, sent_at, readers: new Set() });
      this.#forgetBefore(new Date(Date.parse(latestAt) - this.keepBroadcastsMs).toISOString());
    } else this.#direct.set(id, { to, project_key });
    if (type === 'blocker') this.#block({ ...message, position, delivered_at: null, read_at: null, acknowledged_at: null });
  }

  #received({ type, data }: Receipt): void {
    const { message_id: id, session_id: session } = data;
    if (type === 'MessageRead') {
      if (this.#direct.get(id)?.to === session) this.#direct.delete(id);
      const readers = this.#broadcasts.get(id)?.readers;
      if (readers && !readers.has(session)) {
        readers.add(session);
        this.#readers += 1;
      }
    }
    const blocker = this.#blockers.get(id);
    if (blocker?.to_session === session) this.#blockers.set(id, { ...blocker, ...receiptsAfter(blocker, { type, data } as Receipt) });
  }

  #block(blocker: Blocker): void {
    this.#blockers.set(blocker.message_id, blocker);
    if (blocker.external_id === null) return;
    const ids = this.#external.get(blocker.external_id);
    if (ids) ids.add(blocker.message_id);
    else this.#external.set(blocker.external_id, new Set([blocker.message_id]));
  }

  /** A response answers by `reply_to`, or by naming the blocker's id or its external id. */
  #answer(response: SentMessage): void {
    if (this.#blockers.size === 0) return;
    const { reply_to, references } = response;
    for (const named of reply_to === null ? references : [reply_to, ...references]) {
      this.#unblock(this.#blockers.get(named.toLowerCase()));
      for (const id of [...(this.#external.get(named) ?? [])]) {
        const blocker = this.#blockers.get(id);
        if (blocker && isMeant(blocker, response)) this.#unblock(blocker);
      }
    }
  }

  #unblock(blocker: Blocker | undefined): void {
    if (!blocker) return;
    this.#blockers.delete(blocker.message_id);
    if (blocker.external_id === null) return;
    const ids = this.#external.get(blocker.external_id);
    ids?.delete(blocker.message_id);
    if (ids?.size === 0) this.#external.delete(blocker.external_id);
  }

  #forgetBefore(moment: string): void {
    for (const [id, { sent_at, readers }] of this.#broadcasts) {
      if (sent_at >= moment) return;
      this.#broadcasts.delete(id);
      this.#readers -= readers.size;
    }
  }

  /** Direct messages that their addressees have not read, and the broadcasts sent after `since` (ISO 8601) with their readers. */
  unread(projectKey: string | undefined, since: string): { direct: Direct[]; broadcasts: Broadcast[] } {
    const isOf = (one: { project_key: string | null }): boolean => projectKey === undefined || one.project_key === projectKey;
    return {
      direct: [...this.#direct.values()].filter(isOf),
      broadcasts: [...this.#broadcasts.values()].filter((one) => isOf(one) && one.sent_at > since),
    };
  }

  blockers(projectKey: string | undefined, limit: number): MessageRow[] {
    const rows: MessageRow[] = [];
    for (const blocker of this.#blockers.values()) {
      if (rows.length === limit) break;
      if (projectKey === undefined || blocker.project_key === projectKey) rows.push(rowOf(blocker));
    }
    return rows;
  }

  toJson() {
    return {
      direct: [...this.#direct].map(([id, { to, project_key }]): [string, string, string | null] => [id, to, project_key]),
      broadcasts: [...this.#broadcasts].map(([id, one]) => ({ id, ...one, readers: [...one.readers] })),
      blockers: [...this.#blockers.values()],
    };
  }

  static fromJson({ direct, broadcasts, blockers }: ReturnType<MessagesOnBoard['toJson']>, keepBroadcastsMs: number): MessagesOnBoard {
    const part = new MessagesOnBoard(keepBroadcastsMs);
    for (const [id, to, project_key] of direct) part.#direct.set(id, { to, project_key });
    for (const { id, readers, ...one } of broadcasts) {
      part.#broadcasts.set(id, { ...one, readers: new Set(readers) });
      part.#readers += readers.length;
    }
    for (const blocker of blockers) part.#block(blocker);
    return part;
  }
}

/** The first of each kind stands. */
function receiptsAfter({ delivered_at, read_at, acknowledged_at }: Receipts, { type, data }: Receipt): Receipts {
  switch (type) {
    case 'MessageDelivered':
      return { delivered_at: delivered_at ?? data.delivered_at, read_at, acknowledged_at };
    case 'MessageRead':
      return { delivered_at: delivered_at ?? data.read_at, read_at: read_at ?? data.read_at, acknowledged_at };
    case 'MessageAcknowledged':
      return { delivered_at, read_at, acknowledged_at: acknowledged_at ?? data.acknowledged_at };
  }
}

/** Whether the external id that a response names is that of this blocker: the rule of `settleAnswers`. */
function isMeant(blocker: Blocker, { project_key, from_session, to_session }: SentMessage): boolean {
  if (blocker.project_key === project_key) return true;
  return project_key === null && (blocker.to_session === from_session || [from_session, to_session].includes(blocker.from_session));
}

const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at));

function rowOf({ message_id: id, external_id: _, metadata, reply_to, thread_id, sent_at, position, ...rest }: Blocker): MessageRow {
  const { from_session, to_session, project_key, subject, body, type, priority, references, ack_required } = rest;
  return {
    ...{ id, position: String(position), from_session, to_session, project_key, subject, body, type, priority, references },
    metadata: asStored(metadata),
    reply_to: reply_to?.toLowerCase() ?? null,
    thread_id: thread_id.toLowerCase(),
    ack_required,
    sent_at: new Date(sent_at),
    delivered_at: dateOf(rest.delivered_at),
    read_at: dateOf(rest.read_at),
    acknowledged_at: dateOf(rest.acknowledged_at),
  };
}
