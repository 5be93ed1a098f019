import type { RecordedEvent } from '@coord/projection-runner/index';
import { afterEvent, type SessionLife, type SessionRow, subjectOf } from '@projections/sessions/index';
import { asStored } from './as-stored';

/** The last signs of a session beside the log (docs/decisions/0006): of any kind, and of heartbeats. ISO 8601. */
export interface Signs {
  at: string;
  heartbeat_at: string | null;
}
export type SignsOf = ReadonlyMap<string, Signs>;

/** Every session that was ever seen: one that has ended is there again by acting. */
export class SessionsOnBoard {
  readonly #lives = new Map<string, SessionLife>();

  get size(): number {
    return this.#lives.size;
  }
  get names(): string[] {
    return [...this.#lives.keys()];
  }

  apply(event: RecordedEvent): void {
    const session = subjectOf(event);
    if (session !== null) this.#lives.set(session, afterEvent(this.#lives.get(session), event, session));
  }

  /** The last sign of a session, by the log or beside it. */
  lastActivityOf(session: string, signs: SignsOf): string | undefined {
    const seen = this.#lives.get(session)?.last_activity_at;
    const sign = signs.get(session)?.at;
    return sign !== undefined && (seen === undefined || sign > seen) ? sign : seen;
  }

  /** Sessions that have not ended, latest sign first. `holders`: who works in the project because of a lock. */
  rows({ projectKey, holders, signs, limit }: { projectKey?: string; holders: ReadonlySet<string>; signs: SignsOf; limit: number }): SessionRow[] {
    const there: { life: SessionLife; sign: Signs | undefined; last: string }[] = [];
    for (const life of this.#lives.values()) {
      const isOf =
        projectKey === undefined || life.project_key === projectKey || life.last_project_key === projectKey || holders.has(life.session_id);
      const sign = signs.get(life.session_id);
      if (!isOf || isOver(life, sign)) continue;
      there.push({ life, sign, last: sign && sign.at > life.last_activity_at ? sign.at : life.last_activity_at });
    }
    there.sort((a, b) => (a.last === b.last ? compareBytes(a.life.session_id, b.life.session_id) : a.last < b.last ? 1 : -1));
    return there.slice(0, limit).map(({ life, sign, last }) => rowOf(life, sign, last));
  }

  /** Sessions with a sign after `since` (ISO 8601). */
  activeSince(since: string, signs: SignsOf): string[] {
    const active: string[] = [];
    for (const life of this.#lives.values()) {
      const sign = signs.get(life.session_id);
      const byLog = life.ended_at === null && life.last_activity_at > since;
      const bySign = sign !== undefined && sign.at > since && !isOver(life, sign);
      if (byLog || bySign) active.push(life.session_id);
    }
    return active;
  }

  toJson(): SessionLife[] {
    return [...this.#lives.values()];
  }

  static fromJson(lives: SessionLife[]): SessionsOnBoard {
    const part = new SessionsOnBoard();
    for (const life of lives) part.#lives.set(life.session_id, life);
    return part;
  }
}

/** Whether a session has ended, and not acted since. */
const isOver = ({ ended_at }: SessionLife, sign: Signs | undefined): boolean => ended_at !== null && (sign === undefined || sign.at <= ended_at);

/** The order of the database under the collation "C". */
const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function rowOf(life: SessionLife, sign: Signs | undefined, last: string): SessionRow {
  const { session_id, machine, user_name, agent, project_key, capabilities, registered } = life;
  return {
    ...{ session_id, position: String(life.position), machine, user_name, agent, project_key, capabilities, registered },
    registered_at: new Date(life.registered_at),
    last_activity_at: new Date(last),
    heartbeat: life.heartbeat && asStored(life.heartbeat),
    quiet_heartbeat_at: sign?.heartbeat_at ? new Date(sign.heartbeat_at) : null,
    ended_at: null,
  };
}
