import postgres from 'postgres';
import { createDatabase, type TestDatabase } from '../../../test/support/database';
import { freshStream, ids, newEvent, newEvents, readOn, until, write } from '../contract/harness';
import { StoreUnavailable } from '../event-store';
import { type AppendStats, PostgresEventStore } from './postgres-event-store';

const MEBIBYTE = 1024 * 1024;

/** What the Postgres adapter promises beyond the contract. */
describe('the log in Postgres', () => {
  let database: TestDatabase;
  let store: PostgresEventStore;
  let sql: postgres.Sql;
  const calls: AppendStats[] = [];

  beforeAll(async () => {
    database = await createDatabase();
    store = await PostgresEventStore.open({ url: database.url, applicationName: 'under test', onAppend: (stats) => calls.push(stats) });
    sql = postgres(database.url, { max: 1 });
  });
  beforeEach(() => calls.splice(0));
  afterAll(async () => {
    await store.close();
    await sql.end();
    await database.drop();
  });

  it.each([
    ['UPDATE', () => sql`update log.events set type = 'Other' where false`],
    ['DELETE', () => sql`delete from log.events where false`],
    ['TRUNCATE', () => sql`truncate log.events`],
  ])('refuses %s', async (_, change) => {
    await expect(change()).rejects.toThrow('append-only');
  });

  it('refuses changes also where ordinary triggers are off', async () => {
    const change = sql.begin(async (transaction) => {
      await transaction`set local session_replication_role = replica`;
      await transaction`delete from log.events`;
    });
    await expect(change).rejects.toThrow('append-only');
  });

  it('counts positions from 1 without gaps, also past conflicts and refusals', async () => {
    const stream = freshStream();
    await store.append([{ stream, expected: 'none', events: newEvents(3) }]);
    await store.append([{ stream, expected: 'none', events: newEvents(3) }]);
    await expect(write(store, freshStream(), [{ ...newEvent(), id: 'not a uuid' }])).rejects.toThrow('uuid');
    await store.append([{ stream: freshStream(), expected: 'none', events: newEvents(2) }]);
    const log = await readOn(store, 0);
    expect(log.map(({ position }) => position)).toEqual(log.map((_, n) => n + 1));
  });

  it('carries the appends of many callers in few calls', async () => {
    await Promise.all(Array.from({ length: 200 }, () => write(store, freshStream(), newEvents(2))));
    expect(calls.length).toBeLessThan(20);
    expect(calls.reduce((sum, { events }) => sum + events, 0)).toBe(400);
    expect(calls.reduce((sum, { streams }) => sum + streams, 0)).toBe(200);
  });

  it('needs no more connections for many callers', async () => {
    const work = Array.from({ length: 100 }, () => [write(store, freshStream(), newEvents(1)), store.head(), store.readStream(freshStream())]).flat();
    const [row] = await sql`select count(*)::int as connections from pg_stat_activity where starts_with(application_name, 'under test')`;
    await Promise.all(work);
    expect(row?.connections).toBeLessThanOrEqual(5);
  });

  it.each([
    ['a text that Postgres does not hold', { type: 'with \0' }],
    ['an id that is none', { id: '42' }],
  ])('fails the append with %s, and none of its neighbours', async (_, poison) => {
    const [before, poisoned, after] = [freshStream(), freshStream(), freshStream()];
    const appends = [before, poisoned, after].map((stream) => write(store, stream, [{ ...newEvent(), ...(stream === poisoned ? poison : {}) }]));
    const outcomes = await Promise.allSettled(appends);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).not.toMatchObject({ reason: expect.any(StoreUnavailable) });
    expect(await store.readStream(poisoned)).toEqual([]);
  });

  it('does not take an event id for another stream', async () => {
    const event = newEvent();
    await write(store, freshStream(), [event]);
    await expect(write(store, freshStream(), [event])).rejects.toThrow('events_id_key');
  });

  it('ends a page of large events before its limit', async () => {
    const after = await store.head();
    const events = Array.from({ length: 20 }, () => newEvent({ text: 'x'.repeat(MEBIBYTE) }));
    for (const event of events) await write(store, freshStream(), [event]);
    const page = await store.readAll({ after });
    expect(page.events.length).toBeLessThan(10);
    expect(page.position).toBe(page.events.at(-1)?.position);
    expect(ids(await readOn(store, after))).toEqual(ids(events));
  });

  it('looks at a bounded stretch of the log for a filtered page', async () => {
    const after = await store.head();
    await Promise.all(Array.from({ length: 24 }, () => write(store, freshStream(), newEvents(500))));
    const page = await store.readAll({ after, limit: 5, filter: { types: ['NeverWritten'] } });
    expect(page).toEqual({ events: [], position: after + 10_000 });
  });

  it('outlives the end of its connections', async () => {
    const stream = freshStream();
    const events = newEvents(60);
    for (const [n, event] of events.entries()) {
      if (n % 20 === 10) await sql`select pg_terminate_backend(pid) from pg_stat_activity where starts_with(application_name, 'under test')`;
      await write(store, stream, [event]);
    }
    expect(ids(await store.readStream(stream))).toEqual(ids(events));
  });

  it('gives a subscriber what is in the log, where another server has taken over that lacks the end of it', async () => {
    const stream = freshStream();
    await write(store, stream, newEvents(10));
    const head = await store.head();
    await sql.unsafe(`
      alter table log.events disable trigger append_only;
      delete from log.events where position > ${head - 2};
      alter table log.events enable always trigger append_only;
      select pg_terminate_backend(pid) from pg_stat_activity where starts_with(application_name, 'under test')`);
    const other = await PostgresEventStore.open({ url: database.url });
    const events = newEvents(3);
    await write(other, stream, events);
    await other.close();
    // As soon as it listens again, it knows that its connections were lost.
    await until(async () => (await sql`select from pg_stat_activity where application_name = 'under test listens'`).length > 0);
    for await (const page of store.subscribe({ after: head - 2, signal: new AbortController().signal })) {
      expect(ids(page.events)).toEqual(ids(events));
      break;
    }
  });

  it('opens many times at once on an empty database', async () => {
    const empty = await createDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => PostgresEventStore.open({ url: empty.url })));
    await Promise.all(stores.map((one) => write(one, 'shared', newEvents(1))));
    expect(await stores[0]?.head()).toBe(4);
    await Promise.all(stores.map((one) => one.close()));
    await empty.drop();
  });

  it('is unavailable when there is no server', async () => {
    await expect(PostgresEventStore.open({ url: 'postgres://127.0.0.1:1/none' })).rejects.toThrow(StoreUnavailable);
  });

  it('keeps the question for news alive when a notification gets lost', async () => {
    const after = await store.head();
    const seen: string[] = [];
    const abort = new AbortController();
    const reading = (async () => {
      for await (const page of store.subscribe({ after, signal: abort.signal })) seen.push(...ids(page.events));
    })();
    const event = newEvent();
    await sql`
      insert into log.events (position, stream, revision, id, type, data, metadata)
      values (${after + 1}, ${freshStream()}, 0, ${event.id}, ${event.type}, '{}', ${JSON.stringify(event.metadata)}::text::json)`;
    await until(async () => seen.includes(event.id));
    abort.abort();
    await reading;
  });
});

/** As an operator may tune a database for what else is in it. */
describe('the log in a database with other defaults', () => {
  let database: TestDatabase;
  let sql: postgres.Sql;
  const stores: PostgresEventStore[] = [];

  /** Opens one after this has become a default of the database. */
  async function openWith(setting: 'synchronous_commit' | 'default_transaction_isolation', value: string): Promise<PostgresEventStore> {
    await sql.unsafe(`do $$ begin execute format('alter database %I set ${setting} = %L', current_database(), '${value}'); end $$`);
    const store = await PostgresEventStore.open({ url: database.url });
    stores.push(store);
    return store;
  }

  /** What holds when a transaction that wrote to the log commits. */
  const atCommit = async (): Promise<unknown[]> => (await sql`select setting from commits`).map(({ setting }) => setting);

  async function noteCommits(): Promise<void> {
    await sql.unsafe(`
      create table commits (setting text);
      create function note_trigger() returns trigger language plpgsql as $$
        begin insert into public.commits values (current_setting('synchronous_commit')); return null; end $$;
      create constraint trigger noted after insert on log.events deferrable initially deferred for each row execute function note_trigger();
      create function note_event() returns event_trigger language plpgsql as $$
        begin insert into public.commits values (current_setting('synchronous_commit')); end $$;
      create event trigger noted on ddl_command_end when tag in ('CREATE TRIGGER') execute function note_event()`);
  }

  beforeEach(async () => {
    database = await createDatabase();
    sql = postgres(database.url, { max: 1 });
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await sql.end();
    await database.drop();
  });

  const ways: [string, (store: PostgresEventStore) => Promise<unknown>][] = [
    ['one stream', (store) => store.append([{ stream: 'one', expected: 'none', events: newEvents(1) }])],
    ['many streams', (store) => store.append(['one', 'two'].map((stream) => ({ stream, expected: 'any', events: newEvents(1) })))],
    ['a turn', async (store) => (await store.takeTurn('one', -1))?.append('none', newEvents(1))],
    [
      'a restore',
      (store) =>
        store.restore(
          (async function* () {
            yield [{ ...newEvent(), stream: 'one', revision: 0 }];
          })(),
        ),
    ],
  ];

  it.each(ways)('has %s on disk before the answer', async (_, way) => {
    const store = await openWith('synchronous_commit', 'off');
    await noteCommits();
    await way(store);
    expect(new Set(await atCommit())).toEqual(new Set(['on']));
  });

  it('has an append on disk before the answer in a log that was restored', async () => {
    const store = await openWith('synchronous_commit', 'off');
    await store.restore((async function* () {})());
    await noteCommits();
    await write(store, 'one', newEvents(1));
    expect(await atCommit()).toEqual(['on']);
  });

  it('leaves to the operator what a commit waits for beyond that', async () => {
    const store = await openWith('synchronous_commit', 'local');
    await noteCommits();
    await write(store, 'one', newEvents(1));
    expect(await atCommit()).toEqual(['local']);
  });

  it.each(['repeatable read', 'serializable'])('takes the appends of two instances where transactions are %s', async (isolation) => {
    const two = [await openWith('default_transaction_isolation', isolation), await openWith('default_transaction_isolation', isolation)];
    for (let n = 0; n < 40; n++) await Promise.all(two.map((store, which) => write(store, `of-${which}`, newEvents(1))));
    expect(await stores[0]?.head()).toBe(80);
  });
});
