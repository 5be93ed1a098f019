import { setTimeout as pause } from 'node:timers/promises';
import { within } from './deadline';
import type { Log } from './log';
import { Session } from './session';

/** How often the leader shows that it lives, in ms. */
const KEEP_ALIVE_MS = 1_000;
/** After so long without a sign of life from the leader the server ends its session, and with it the lock, in ms. */
const SILENCE_MS = 3_500;

/** Something that only the leader does. Comes to an end soon after `signal` aborts. What it throws ends the term for all works. */
export type Work = (signal: AbortSignal) => Promise<void>;

export interface LeadershipOptions {
  databaseUrl: string;
  /** Instances that give the same name to the same database compete. */
  name: string;
  /** How often a standby tries, and the pause after a term that failed, in ms. */
  retryMs?: number;
  log: Log;
}

/**
 * One instance at a time leads: it holds a session-level advisory lock on a connection that serves nothing else. The lock
 * goes when the process dies (its socket closes), when the connection dies, or when nothing was heard from it for 3.5 s
 * (`idle_session_timeout`: a frozen process, a cut network). So another instance takes over within five seconds. The old
 * leader may not know yet: what a leader writes must be guarded by itself, as a checkpoint or an expected revision is.
 */
export class Leadership {
  readonly #options: Required<LeadershipOptions>;
  readonly #works = new Set<Assignment>();
  readonly #stop = new AbortController();
  #term: AbortController | undefined;
  #running: Promise<void> | undefined;
  /** So that an outage is one line in the log, not two a second. */
  #troubled = false;

  constructor(options: LeadershipOptions) {
    this.#options = { retryMs: 500, ...options };
  }

  /** Whether this instance leads now, as far as it knows. */
  get leading(): boolean {
    return this.#term !== undefined && !this.#term.signal.aborted;
  }

  /**
   * Adds a work of the leader, at any time: it begins with every term, at once in a term under way.
   * @returns takes the work away again and resolves when it has ended.
   */
  lead(work: Work): () => Promise<void> {
    const assignment = new Assignment(work);
    this.#works.add(assignment);
    if (this.#term && this.leading) assignment.begin(this.#term);
    return () => {
      this.#works.delete(assignment);
      return assignment.resign();
    };
  }

  start(): void {
    this.#running ??= this.#compete();
  }

  /** Ends the works, waits for them, and leaves the lock to others. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#term?.abort();
    await this.#running;
  }

  async #compete(): Promise<void> {
    const { log, name, retryMs } = this.#options;
    while (!this.#stop.signal.aborted) {
      const session = this.#connect();
      try {
        if (await this.#acquire(session)) await this.#serve(session);
      } catch (error) {
        if (!this.#troubled && !this.#stop.signal.aborted) log.warn({ leadership: name, err: error }, 'Leadership is not held; trying on');
        this.#troubled = true;
      } finally {
        await session.end();
      }
      await this.#pause(retryMs);
    }
  }

  #connect(): Session {
    return new Session({
      databaseUrl: this.#options.databaseUrl,
      applicationName: `coord ${this.#options.name}`,
      settings: { idle_session_timeout: SILENCE_MS },
    });
  }

  /** Resolves to false when stopped meanwhile. */
  async #acquire(session: Session): Promise<boolean> {
    while (!this.#stop.signal.aborted) {
      const answer = session.sql<{ held: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${`coord ${this.#options.name}`}, 0)) as held`;
      const [row] = await within(2 * KEEP_ALIVE_MS, answer);
      this.#troubled = false;
      // Stopped while the answer was on its way: a term that began now would never end.
      if (row?.held) return !this.#stop.signal.aborted;
      await this.#pause(this.#options.retryMs);
    }
    return false;
  }

  async #serve(session: Session): Promise<void> {
    const { log, name } = this.#options;
    const term = new AbortController();
    this.#term = term;
    const lost = (): void => term.abort();
    session.lost.addEventListener('abort', lost, { once: true });
    log.info({ leadership: name }, 'This instance leads');
    for (const work of this.#works) work.begin(term);
    try {
      await keepAlive(session, term.signal);
    } finally {
      term.abort();
      await Promise.all([...this.#works].map((work) => work.ended()));
      session.lost.removeEventListener('abort', lost);
      this.#term = undefined;
      log.info({ leadership: name }, 'This instance leads no longer');
    }
    const failure = [...this.#works].find((work) => work.failure)?.failure;
    if (failure) throw failure;
  }

  async #pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

/** A work and its run in the term under way. */
class Assignment {
  failure: Error | undefined;
  #own = new AbortController();
  #run: Promise<void> = Promise.resolve();

  constructor(readonly work: Work) {}

  begin(term: AbortController): void {
    this.failure = undefined;
    this.#own = new AbortController();
    const signal = AbortSignal.any([term.signal, this.#own.signal]);
    this.#run = this.work(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      this.failure = error instanceof Error ? error : new Error(String(error));
      term.abort();
    });
  }

  ended(): Promise<void> {
    return this.#run;
  }

  resign(): Promise<void> {
    this.#own.abort();
    return this.#run;
  }
}

/** Returns when `signal` aborts; throws when the server no longer answers. */
async function keepAlive(session: Session, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await within(2 * KEEP_ALIVE_MS, session.sql`select 1`);
    await pause(KEEP_ALIVE_MS, undefined, { signal }).catch(() => undefined);
  }
}
