import postgres from 'postgres';
import { testServer } from './test-server';

/** Stops the server of the run. A test file that didn't drop its database fails the run. */
export default async function tearDown(): Promise<void> {
  const server = testServer.current;
  if (!server) return;
  try {
    const left = await databasesOfThisRun(server.url);
    if (left.length > 0) throw new Error(`Test files left their databases behind: ${left.join(', ')}`);
  } finally {
    await server.stop();
  }
}

async function databasesOfThisRun(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1 });
  try {
    const rows = await sql<{ datname: string }[]>`select datname from pg_database where starts_with(datname, ${process.env.TEST_RUN ?? ''})`;
    return rows.map(({ datname }) => datname);
  } finally {
    await sql.end();
  }
}
