/** What the clients of a crash test asked, and what they were told. The checker holds the log against it. */

export type Kind = 'claim' | 'claim-batch' | 'renew' | 'release' | 'component' | 'message' | 'read';

/** One thing that a client wanted. Under an `Idempotency-Key` it may have been tried more than once. */
export interface Operation {
  kind: Kind;
  project: string;
  session: string;
  /** Method and path, for the reader of a complaint. */
  call: string;
  keyed: boolean;
  tries: Try[];
}

export interface Try {
  /** Sent as `X-Request-Id`; events carry it as `correlation_id`. */
  requestId: string;
  /** When it was sent and when its answer was there, in ms since 1970. */
  sentAt: number;
  endedAt: number;
  /** null: no answer came. */
  answer: { status: number; position: number; body: Record<string, unknown> } | null;
}

export type Verdict = 'acknowledged' | 'refused' | 'unknown';

/** What an answer promises (protocol, "Errors"): a write that was answered with an error has written nothing, unless it says that it doesn't know. */
export function verdictOf({ answer }: Try): Verdict {
  if (answer === null || answer.body.outcome === 'unknown') return 'unknown';
  return answer.status < 300 ? 'acknowledged' : 'refused';
}

export const acknowledgement = ({ tries }: Operation): Try | undefined => tries.find((one) => verdictOf(one) === 'acknowledged');

/** A time in which a client could be sure to hold a lock: from its answer until it asked for the end or the lease ran out; ms since 1970. */
export interface Hold {
  lock_id: string;
  project: string;
  session: string;
  resource: string;
  mode: string;
  from: number;
  until: number;
}

/** An event as `/history` shows it. */
export interface HistoryEvent {
  position: number;
  stream: string;
  revision: number;
  type: string;
  at: string;
  actor: string | null;
  correlation_id: string | null;
  data: Record<string, unknown>;
}

/** What the read endpoints showed when everything was at rest. */
export interface ReadSide {
  /** Active locks. */
  locks: Record<string, unknown>[];
  components: Record<string, unknown>[];
  /** Unread messages of each session. */
  unread: Record<string, number>;
}

export interface Evidence {
  operations: readonly Operation[];
  holds: readonly Hold[];
  history: readonly HistoryEvent[];
  reads: ReadSide;
}

export function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
