import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type AppendStats, PostgresEventStore } from '@coord/event-store/postgres/postgres-event-store';
import postgres from 'postgres';
import { createDatabase } from '../../../test/support/database';
import { CommandRunner } from '../command-runner';
import { DisturbedStore } from './disturbed-store';

/** A real store, runners on it that know nothing of each other, and streams that no one has used. */
export class Bench {
  readonly backgroundErrors: unknown[] = [];
  #close: () => Promise<void> = () => Promise.resolve();

  private constructor(
    private readonly url: string,
    readonly store: PostgresEventStore,
    /** Every call of the store that appended. */
    readonly appended: AppendStats[],
  ) {}

  static async open(): Promise<Bench> {
    const database = await createDatabase();
    const stats: AppendStats[] = [];
    const store = await PostgresEventStore.open({ url: database.url, onAppend: (one) => stats.push(one) });
    const bench = new Bench(database.url, store, stats);
    bench.#close = async () => {
      await store.close();
      await database.drop();
    };
    return bench;
  }

  close(): Promise<void> {
    return this.#close();
  }

  stream(): string {
    return `booth-${randomUUID()}`;
  }

  /** A runner as another process would have it, and the store as it sees it. */
  runner(hotStreams?: { long?: number; short?: number; bytes?: number }): { runner: CommandRunner; store: DisturbedStore } {
    const store = new DisturbedStore(this.store);
    return { store, runner: new CommandRunner(store, (error) => this.backgroundErrors.push(error), hotStreams) };
  }

  /** The log loses a stream and all connections, as when a standby takes over that lagged behind. Resolves when the store knows. */
  async lose(stream: string): Promise<void> {
    const { epoch } = this.store;
    const sql = postgres(this.url, { max: 1 });
    await sql`alter table log.events disable trigger append_only`;
    await sql`delete from log.events where stream = ${stream}`;
    await sql`alter table log.events enable always trigger append_only`;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    await sql.end();
    while (this.store.epoch === epoch) await pause(10);
  }

  /** The numbers of the tickets that the log says were sold. */
  async sold(stream: string): Promise<unknown[]> {
    const events = await this.store.readStream(stream);
    return events.filter(({ type }) => type === 'TicketSold').map(({ data }) => data.number);
  }
}
