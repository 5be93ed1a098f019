import type { EventStore } from './event-store';
import type * as EventStoreDb from './eventstoredb/eventstoredb-event-store';
import { connect } from './postgres/connect';
import { type AppendStats, PostgresEventStore } from './postgres/postgres-event-store';

export interface LogOptions {
  /** `esdb://…`: the log is there. null: it is in the Postgres of `databaseUrl`, with the read models. */
  eventStoreUrl: string | null;
  databaseUrl: string;
  /** How connections to Postgres are called. */
  applicationName?: string;
  onAppend?: (stats: AppendStats) => void;
}

/** The read models of that Postgres are of another log. */
export class LogElsewhere extends Error {
  constructor() {
    super('EVENTSTORE_URL is set, but the Postgres holds a log of its own and read models that were made of it: give a database that is empty.');
    this.name = 'LogElsewhere';
  }
}

/** Opens the log where it is configured to be. @throws StoreUnavailable, LogElsewhere, what Postgres has against it */
export async function openEventStore({ eventStoreUrl, databaseUrl, applicationName, onAppend }: LogOptions): Promise<EventStore> {
  if (eventStoreUrl === null) return PostgresEventStore.open({ url: databaseUrl, applicationName, onAppend });
  // Their positions mean nothing in the other log: events would be left out, and nobody would notice.
  if (await holdsLog(databaseUrl)) throw new LogElsewhere();
  // Its client costs every engine that loads it some forty megabytes and a tenth of a second.
  const { EventStoreDbEventStore } = require('./eventstoredb/eventstoredb-event-store') as typeof EventStoreDb;
  return EventStoreDbEventStore.open({ url: eventStoreUrl, onAppend });
}

async function holdsLog(url: string): Promise<boolean> {
  const client = connect({ url, applicationName: 'coord looks', max: 1, connectTimeout: 5, statementTimeout: 5_000 });
  try {
    const [log] = await client.sql<{ there: boolean }[]>`select to_regclass('log.events') is not null as there`;
    if (!log?.there) return false;
    return (await client.sql`select from log.events limit 1`).length > 0;
  } finally {
    await client.end(0);
  }
}
