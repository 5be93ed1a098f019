import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '@coord/event-store/index';
import { RebuildUnderWay } from './aside';
import { addCheckpoint, beyondTheLog, CheckpointMoved, markBeyond, type Positions, prepareCheckpoints, readCheckpoints } from './checkpoints';
import { type Culprit, isFaultOfProjection } from './culprit';
import { type BatchReport, type Lane, type LaneEvents, runLane } from './lane';
import { planLanes } from './lanes';
import type { Leadership } from './leadership';
import type { Log } from './log';
import { Pace } from './pace';
import type { Projection } from './projection';
import { prepareSchema } from './projection-schema';
import { catchUpAnew } from './rebuild';
import { Session } from './session';

/** What a batch under way gets to finish in when the leadership ends, in ms. */
const GRACE_MS = 1_000;
const LONGEST_PAUSE_MS = 2_000;
/** With more events than this before them, and less than a tenth of the log behind them, read models are made anew: that takes half the time. */
const MANY = 20_000;
/** How often, and after how many ms, a log that ends before a checkpoint is asked again: a replica that lags behind gets there. */
const LAG = { tries: 12, pauseMs: 250 };
/** How the connections that feed read models are called: whoever leads has some, and nobody else. */
const FEEDING = 'coord feeds read models';

export interface ProjectionGroupOptions {
  store: EventStore;
  /** Where the read models and their checkpoints are. */
  databaseUrl: string;
  projections: readonly Projection[];
  leadership: Leadership;
  /** Most events in a transaction. */
  batchSize?: number;
  log: Log;
  onBatch?: (report: BatchReport) => void;
}

export interface GroupHealth {
  leading: boolean;
  /** `position` is null as long as this instance has not led. */
  projections: { name: string; position: number | null; error: string | null }[];
}

/** Is told how far the read models are by the process that fills them. */
export interface AdvanceListener {
  /** These checkpoints have been committed. */
  advanced(positions: Positions): void;
  /** What was said before may no longer hold. */
  forget(): void;
  /** Takes what is to be called whenever somebody begins to wait for read models. */
  onWait?(urge: () => void): void;
}

/**
 * Keeps read models up to date with the log while this instance leads (architecture, decision 8). An event that can't be
 * applied stops its projection, and only that one; it is tried again with the next term.
 */
export class ProjectionGroup {
  readonly #options: Required<ProjectionGroupOptions>;
  readonly #positions = new Map<string, number>();
  readonly #stopped = new Map<string, string>();
  readonly #listeners = new Set<AdvanceListener>();
  readonly #pace = new Pace();
  /** Those that were to be made anew in this term, whatever became of it. */
  readonly #madeAnew = new Set<string>();
  #leading = false;
  #resign: (() => Promise<void>) | undefined;

  constructor(options: ProjectionGroupOptions) {
    this.#options = { batchSize: 500, onBatch: () => {}, ...options };
  }

  /** Takes part in the leadership; also before the leadership itself has been started. */
  start(): void {
    this.#resign ??= this.#options.leadership.lead((signal) => this.#lead(signal));
  }

  /** Resolves when the batch under way has ended. */
  async stop(): Promise<void> {
    await this.#resign?.();
    this.#resign = undefined;
  }

  health(): GroupHealth {
    const projections = this.#options.projections.map(({ name }) => ({
      name,
      position: this.#positions.get(name) ?? null,
      error: this.#stopped.get(name) ?? null,
    }));
    return { leading: this.#leading, projections };
  }

  onAdvance(listener: AdvanceListener): void {
    this.#listeners.add(listener);
    listener.onWait?.(() => this.#pace.urge());
  }

  async #lead(signal: AbortSignal): Promise<void> {
    const { log } = this.#options;
    this.#leading = true;
    this.#stopped.clear();
    this.#madeAnew.clear();
    let failures = 0;
    try {
      while (!signal.aborted) {
        try {
          await this.#round(signal, () => {
            failures = 0;
          });
        } catch (error) {
          if (signal.aborted) return;
          if (error instanceof CheckpointMoved) throw error;
          if (failures === 0) log.warn({ err: error }, 'Projections were interrupted; trying on');
          await pause(Math.min(100 * 2 ** failures++, LONGEST_PAUSE_MS), undefined, { signal }).catch(() => undefined);
        }
      }
    } finally {
      this.#leading = false;
      this.#forget();
    }
  }

  /** From the checkpoints as they are in the database, until a lane ends: then it is time to plan anew. */
  async #round(signal: AbortSignal, onProgress: () => void): Promise<void> {
    const positions = await this.#withSession(signal, (session) => this.#prepare(session, signal));
    const going = this.#options.projections.filter(({ name }) => !this.#stopped.has(name));
    if (going.length === 0) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      return;
    }
    if (await this.#makeAnew(going, positions, signal)) return;
    const lanes = await planLanes(this.#options.store, going, positions, this.#options.batchSize);
    const round = new AbortController();
    const ends = AbortSignal.any([signal, round.signal]);
    const runs = lanes.map((lane) => this.#run(lane, positions, signal, ends, onProgress).finally(() => round.abort()));
    const failed = (await Promise.allSettled(runs)).find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Where all of them are that far behind, as after an import. Returns whether they were. What fails is left to its lane, which finds the event. */
  async #makeAnew(going: readonly Projection[], positions: Positions, signal: AbortSignal): Promise<boolean> {
    const { store, databaseUrl, log } = this.#options;
    const head = await store.head();
    const at = (projection: Projection): number => positions.get(projection.name) ?? 0;
    const projections = going.filter((projection) => at(projection) * 10 < head && !this.#madeAnew.has(projection.name));
    if (projections.length < going.length) return false; // the others would wait for it
    const near = await store.readAll({ after: Math.max(...projections.map(at)), limit: MANY });
    if (near.position >= head) return false;
    const names = projections.map(({ name }) => name);
    log.info({ projections: names, head }, 'Read models are made anew');
    for (const name of names) this.#madeAnew.add(name);
    try {
      for (const result of await catchUpAnew({ store, databaseUrl, projections, signal }))
        if ('error' in result) log.warn({ projection: result.name, err: result.error }, 'A read model could not be made anew; it is fed');
    } catch (error) {
      if (signal.aborted || !(error instanceof RebuildUnderWay)) throw error;
      log.info({ err: error }, 'Read models are fed');
    }
    return true;
  }

  async #prepare(session: Session, signal: AbortSignal): Promise<Positions> {
    await dismissFormerLeader(session);
    await prepareCheckpoints(session);
    for (const projection of this.#options.projections.filter(({ name }) => !this.#stopped.has(name))) {
      try {
        await prepareSchema(session, projection);
        await addCheckpoint(session.sql, projection.name);
      } catch (error) {
        if (!isFaultOfProjection(error)) throw error;
        this.#stop(projection, `Its tables can't be made: ${messageOf(error)}`);
      }
    }
    const positions = await this.#ofThisLog(session, signal);
    this.#advanced(positions);
    return positions;
  }

  /**
   * The checkpoints, but for those beyond the end of the log: of a log that was put back to an earlier state, under read models that were not.
   * What takes the place of the events that it has lost must not be added to them.
   */
  async #ofThisLog({ sql }: Session, signal: AbortSignal): Promise<Positions> {
    const { projections, store } = this.#options;
    const names = projections.map(({ name }) => name);
    const positions = new Map(await readCheckpoints(sql, names));
    // Asked after the checkpoints were read: in a sound log it can't be before them.
    let head = await store.head();
    for (let tries = 0; tries < LAG.tries && Math.max(...positions.values()) > head; tries++) {
      await pause(LAG.pauseMs, undefined, { signal });
      head = await store.head();
    }
    for (const projection of projections) {
      const { name } = projection;
      const position = positions.get(name) ?? 0;
      if (position >= 0 && position <= head) continue;
      if (position > head) await markBeyond(sql, name, position);
      positions.delete(name);
      this.#positions.delete(name);
      if (!this.#stopped.has(name)) this.#stop(projection, beyondTheLog(name, position));
    }
    return positions;
  }

  #run(lane: Lane, positions: Positions, signal: AbortSignal, ends: AbortSignal, onProgress: () => void): Promise<void> {
    const events: LaneEvents = {
      advanced: (moved) => this.#advanced(moved),
      stopped: (projection, culprit) => this.#stop(projection, describe(culprit)),
      batch: (report) => {
        onProgress();
        this.#options.onBatch(report);
      },
    };
    return this.#withSession(signal, (session) =>
      runLane(lane, { store: this.#options.store, session, positions, events, pace: this.#pace, signal: ends }),
    );
  }

  /** What was learned on a connection is forgotten when it closes: a commit that was not flushed may be gone with the server. */
  async #withSession<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    const session = new Session({ databaseUrl: this.#options.databaseUrl, applicationName: FEEDING });
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      grace = setTimeout(() => void session.end(), GRACE_MS);
    };
    session.lost.addEventListener('abort', () => this.#forget(), { once: true });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await work(session);
    } finally {
      clearTimeout(grace);
      signal.removeEventListener('abort', onAbort);
      await session.end();
    }
  }

  #stop({ name }: Projection, reason: string): void {
    this.#stopped.set(name, reason);
    this.#options.log.error({ projection: name, reason }, 'A projection has stopped');
  }

  #advanced(moved: Positions): void {
    for (const [name, position] of moved) this.#positions.set(name, position);
    for (const listener of this.#listeners) listener.advanced(moved);
  }

  #forget(): void {
    for (const listener of this.#listeners) listener.forget();
  }
}

/**
 * Ends what a former leader may have in the making. One that froze in the middle of a batch (a stopped process, a cut network) holds the
 * checkpoints for as long as its connection stands, though another leads by now. When it wakes up, its batch is undone.
 */
async function dismissFormerLeader({ sql }: Session): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = session_user and application_name = ${FEEDING}
      and xact_start is not null and pid <> pg_backend_pid()`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const describe = ({ event, error }: Culprit): string =>
  `Event ${event.position} (${event.type}, revision ${event.revision} of ${event.stream}) can't be applied: ${messageOf(error)}`;
