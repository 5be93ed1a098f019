import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EventStore, type NewEvent } from '@coord/event-store/index';
import { PostgresEventStore } from '@coord/event-store/postgres/postgres-event-store';
import postgres from 'postgres';
import { createDatabase } from '../../../test/support/database';
import { Leadership } from '../leadership';
import type { Log } from '../log';
import type { Projection } from '../projection';
import { ProjectionGroup } from '../projection-group';
import { ReadModels } from '../read-models';
import { paid } from './accounts';

/** An instance of the engine, as far as projections go. */
export interface Instance {
  leadership: Leadership;
  group: ProjectionGroup;
  /** What it logged as a warning or an error. */
  logged: { message: string; fields: object }[];
}

/** A database with a log, and instances on it; `close` ends all that was made here. */
export class Scene {
  readonly #closers: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly url: string,
    readonly store: EventStore,
    /** A look from outside. */
    readonly sql: postgres.Sql,
  ) {}

  static async open(): Promise<Scene> {
    const database = await createDatabase();
    const store = await PostgresEventStore.open({ url: database.url });
    const sql = postgres(database.url, { max: 3, onnotice: () => {}, connection: { application_name: 'test' } });
    const scene = new Scene(database.url, store, sql);
    scene.#closers.push(
      () => database.drop(),
      () => Promise.all([store.close(), sql.end()]),
    );
    return scene;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close();
  }

  /** Starts an instance that competes for the leadership; `databaseUrl`, `store`: by a way of its own. */
  instance(projections: readonly Projection[], { retryMs = 50, batchSize = 500, databaseUrl = this.url, store = this.store } = {}): Instance {
    const logged: Instance['logged'] = [];
    const note = (fields: object, message: string): void => void logged.push({ message, fields });
    const log: Log = { info: () => {}, warn: note, error: note };
    const leadership = new Leadership({ databaseUrl, name: 'projections', retryMs, log });
    const group = new ProjectionGroup({ store, databaseUrl, projections, leadership, batchSize, log });
    group.start();
    leadership.start();
    this.#closers.push(() => leadership.stop());
    return { leadership, group, logged };
  }

  readModels(names: readonly string[]): ReadModels {
    const readModels = new ReadModels({ store: this.store, databaseUrl: this.url, names });
    this.#closers.push(() => readModels.close());
    return readModels;
  }

  /** A folder with one migration in it, by the name of ours. */
  folderWith(migration: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'coord-migrations-'));
    writeFileSync(join(folder, '0001_tables.sql'), migration);
    this.#closers.push(async () => rmSync(folder, { recursive: true }));
    return folder;
  }

  /** Appends payments of 1 to an account, or these events; returns the position of the last. */
  async pay(count: number, account = 'alice', events: NewEvent[] = Array.from({ length: count }, () => paid(account))): Promise<number> {
    const [outcome] = await this.store.append([{ stream: `account-${account}`, expected: 'any', events }]);
    return outcome?.position ?? 0;
  }

  /** Resolves when a projection has reached the end of the log. */
  async applied(name: string): Promise<void> {
    const head = await this.store.head();
    await eventually(async () => (await this.position(name)) >= head);
  }

  async position(name: string): Promise<number> {
    const rows = await this.sql<{ position: string }[]>`select position from projection.checkpoints where name = ${name}`.catch(() => []);
    return Number(rows[0]?.position ?? -1);
  }

  /** How many events a projection has entered, and how many different ones. */
  async entries(schema: string): Promise<{ all: number; different: number }> {
    const [row] = await this.sql<{ all: number; different: number }[]>`
      select count(*)::int as all, count(distinct position)::int as different from ${this.sql(`${schema}.entries`)}`;
    return row ?? { all: 0, different: 0 };
  }

  /** Process ids of connections by application name that wait for a lock. */
  async waitingForLock(applicationName: string): Promise<number[]> {
    const rows = await this.sql<{ pid: number }[]>`
      select pid from pg_stat_activity
      where datname = current_database() and application_name = ${applicationName} and wait_event_type = 'Lock'`;
    return rows.map(({ pid }) => pid);
  }
}

/** Resolves when the condition holds; fails after ten seconds. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not come about within ten seconds.');
    await pause(10);
  }
}
