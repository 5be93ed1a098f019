import { join } from 'node:path';
import { migrate } from '@coord/event-store/index';
import { hashOf, type Projection, type RecordedEvent } from '@coord/projection-runner/index';
import postgres from 'postgres';
import { createDatabase } from '../../test/support/database';

/** Read models in a database of their own, filled by hand. */
export class ReadModel {
  /** Whether the statistics are those of the rows as `apply` and `note` left them. */
  #analyzed = false;

  private constructor(
    readonly sql: postgres.Sql,
    private readonly url: string,
    private readonly projections: readonly Projection[],
    readonly close: () => Promise<void>,
  ) {}

  /** The tables of these projections, and beside them what the engine notes of sessions and boards. */
  static async of(...projections: Projection[]): Promise<ReadModel> {
    const database = await createDatabase();
    const sql = postgres(database.url, { max: 2, onnotice: () => {}, connection: { application_name: 'test' } });
    await migrate(sql, { folder: join(__dirname, '../../apps/api/src/activity/migrations'), schema: 'activity' });
    await migrate(sql, { folder: join(__dirname, '../../apps/api/src/status/migrations'), schema: 'status' });
    for (const { migrations: folder, name: schema } of projections) await migrate(sql, { folder, schema });
    return new ReadModel(sql, database.url, projections, async () => {
      await sql.end();
      await database.drop();
    });
  }

  /** Applies events in batches of these sizes, over and over; all at once by default. */
  async apply(events: readonly RecordedEvent[], sizes: readonly number[] = [events.length]): Promise<void> {
    this.#analyzed = false;
    for (const projection of this.projections) await this.#fill(projection, projection.name, events, sizes);
  }

  /** The hash of a projection's tables after these events in batches of these sizes, in a schema of its own. */
  async hashAfter(projection: Projection, schema: string, events: readonly RecordedEvent[], sizes: readonly number[]): Promise<string> {
    await migrate(this.sql, { folder: projection.migrations, schema });
    await this.#fill(projection, schema, events, sizes);
    return this.sql.begin((sql) => hashOf(sql, schema, projection.tables));
  }

  /** What a session did beside the log. */
  async note(session: string, at: number): Promise<void> {
    this.#analyzed = false;
    await this.sql`insert into activity.seen (session_id, at) values (${session}, ${new Date(at)})`;
  }

  /** How many rows of tables a query had to look at, as the server counts them. Statistics are made first, once, as autovacuum does. */
  async rowsRead(query: (sql: postgres.Sql) => Promise<unknown>): Promise<number> {
    if (!this.#analyzed) await this.sql`vacuum analyze`;
    this.#analyzed = true;
    const sql = postgres(this.url, { max: 1, connection: { application_name: 'test' } });
    try {
      await sql`begin`;
      await query(sql);
      const [row] = await sql<{ rows: number }[]>`
        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables`;
      return row?.rows ?? 0;
    } finally {
      await sql.end();
    }
  }

  async #fill(projection: Projection, schema: string, events: readonly RecordedEvent[], sizes: readonly number[]): Promise<void> {
    for (let [from, batch] = [0, 0]; from < events.length; batch += 1) {
      const size = sizes[batch % sizes.length] || 1;
      const page = events.slice(from, from + size);
      await this.sql.begin((sql) => projection.project(page, { sql, table: (name) => sql`${sql(`${schema}.${name}`)}` }));
      from += size;
    }
  }
}
