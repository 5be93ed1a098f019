import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';

export interface TestDatabase {
  /** Connection string of a database that nothing else uses. */
  url: string;
  /**
   * Drops it. Call it last in the file's `afterAll`.
   * @throws when a connection to it is still open after two seconds: what a test opens, it closes.
   */
  drop(): Promise<void>;
}

/** Creates an empty database on the server of this test run. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('No server: tests that need Postgres are named *.int.spec.ts or *.e2e.spec.ts.');
  const name = `${process.env.TEST_RUN}_${randomUUID().slice(0, 8)}`;
  await onServer(server, async (sql) => {
    await sql`create database ${sql(name)}`;
  });
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, (sql) => drop(sql, name)) };
}

async function drop(sql: postgres.Sql, name: string): Promise<void> {
  const left = await connectionsLeft(sql, name);
  await sql`drop database ${sql(name)} with (force)`;
  if (left.length > 0) throw new Error(`Connections were left open: ${left.map((one) => `${one.application_name}: ${one.query}`).join('; ')}`);
}

/** A server process ends a moment after its client: they get two seconds. */
async function connectionsLeft(sql: postgres.Sql, name: string): Promise<{ application_name: string; query: string }[]> {
  const deadline = Date.now() + 2_000;
  for (;;) {
    const left = await sql<{ application_name: string; query: string }[]>`
      select application_name, query from pg_stat_activity where datname = ${name} and backend_type = 'client backend'`;
    if (left.length === 0 || Date.now() > deadline) return left;
    await pause(50);
  }
}

async function onServer<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connection: { application_name: 'test support' } });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
