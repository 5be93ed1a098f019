import postgres from 'postgres';
import { createDatabase, type TestDatabase } from '../../../test/support/database';
import { freshStream, ids, newEvent, newEvents, until, write } from '../contract/harness';
import type { Turn } from '../event-store';
import { type AppendStats, PostgresEventStore } from './postgres-event-store';

/** What turns are in Postgres, beyond the contract: it has them, and they are taken one after the other. */
describe('a turn at a stream in Postgres', () => {
  let database: TestDatabase;
  let one: PostgresEventStore;
  let other: PostgresEventStore;
  let sql: postgres.Sql;
  const calls: AppendStats[] = [];

  beforeAll(async () => {
    database = await createDatabase();
    sql = postgres(database.url, { max: 1 });
  });
  beforeEach(async () => {
    one = await PostgresEventStore.open({ url: database.url, applicationName: 'one', onAppend: (stats) => calls.push(stats) });
    other = await PostgresEventStore.open({ url: database.url, applicationName: 'other' });
    calls.splice(0);
  });
  afterEach(() => Promise.all([one.close(), other.close()]));
  afterAll(async () => {
    await sql.end();
    await database.drop();
  });

  async function taken(store: PostgresEventStore, stream: string, known = -1): Promise<Turn> {
    const turn = await store.takeTurn(stream, known);
    if (!turn) throw new Error(`There was no turn to be had at ${stream}.`);
    return turn;
  }

  const turnsWaitedFor = async (): Promise<boolean> => {
    const waiting = await sql`select from pg_stat_activity where application_name like '% turns' and wait_event_type = 'Lock'`;
    return waiting.length > 0;
  };

  it('lets the next one in behind the append, and shows him what it wrote', async () => {
    const stream = freshStream();
    await write(one, stream, newEvents(2));
    const first = await taken(one, stream, 1);
    const second = taken(other, stream, 1);
    await until(turnsWaitedFor);
    const events = newEvents(3);
    expect(await first.append(1, events)).toMatchObject({ outcome: 'appended', revision: 4 });
    const { events: seen, append } = await second;
    expect(seen).toEqual(await one.readStream(stream, { from: 2 }));
    expect(ids(seen)).toEqual(ids(events));
    expect(await append(4, newEvents(1))).toMatchObject({ outcome: 'appended', revision: 5 });
  });

  it('lets the next one in when it is given back, and after a conflict', async () => {
    const stream = freshStream();
    (await taken(one, stream)).giveBack();
    const second = await taken(other, stream);
    expect(await second.append(7, newEvents(1))).toMatchObject({ outcome: 'conflict', revision: -1 });
    expect((await taken(one, stream)).events).toEqual([]);
  });

  it('shows to whoever appends without it', async () => {
    const stream = freshStream();
    const turn = await taken(one, stream);
    const appends = [stream, freshStream()].map((name) => ({ stream: name, expected: 'none', events: newEvents(1) }) as const);
    const [contended, free] = await other.append(appends);
    expect(contended).toMatchObject({ outcome: 'appended', contended: true });
    expect(free).not.toHaveProperty('contended');
    turn.giveBack();
  });

  it('is not to be had while somebody has it who stands still, and then again', async () => {
    const stream = freshStream();
    const still = await taken(one, stream);
    expect(await other.takeTurn(stream, -1)).toBeNull();
    still.giveBack();
    await taken(other, stream);
  });

  it('ends with its connection, and its holder appends all the same', async () => {
    const stream = freshStream();
    const first = await taken(one, stream);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'one turns'`;
    const second = await taken(other, stream);
    const events = newEvents(1);
    expect(await first.append('none', events)).toMatchObject({ outcome: 'appended', revision: 0 });
    expect(await second.append('none', newEvents(1))).toMatchObject({ outcome: 'conflict', revision: 0 });
    expect(ids(await one.readStream(stream))).toEqual(ids(events));
  });

  it('is held at two streams of an instance at the same time, and at a third there is none', async () => {
    const [first, second] = [await taken(one, freshStream()), await taken(one, freshStream())];
    expect(await one.takeTurn(freshStream(), -1)).toBeNull();
    await Promise.all([first, second].map((turn) => turn.append('none', newEvents(1))));
    await taken(one, freshStream());
  });

  it('fails with what the server refuses, and ends', async () => {
    const stream = freshStream();
    await expect((await taken(one, stream)).append('none', newEvents(1, 'with \0'))).rejects.toThrow(postgres.PostgresError);
    await taken(other, stream);
  });

  it('fails with what is not JSON, and ends', async () => {
    const stream = freshStream();
    await expect((await taken(one, stream)).append('none', [{ ...newEvent(), data: { n: 1n as never } }])).rejects.toThrow(TypeError);
    await taken(other, stream);
  });

  it('is for one append', async () => {
    const turn = await taken(one, freshStream());
    await turn.append('none', newEvents(1));
    await expect(turn.append(0, newEvents(1))).rejects.toMatchObject({ outcome: 'none' });
  });

  it('checks a revision where nothing is written', async () => {
    const stream = freshStream();
    await write(one, stream, newEvents(2));
    const position = await one.head();
    expect(await (await taken(one, stream, 1)).append(1, [])).toEqual({ outcome: 'appended', revision: 1, position });
    expect(await (await taken(one, stream, 0)).append(0, [])).toEqual({ outcome: 'conflict', revision: 1, position });
  });

  it('brings the first part of what is much', async () => {
    const stream = freshStream();
    await write(other, stream, newEvents(400));
    await write(other, stream, newEvents(400));
    const { events } = await taken(one, stream);
    expect(events).toEqual(await one.readStream(stream, { limit: events.length }));
    expect(events.length).toBeLessThan(800);
  });

  it('is told of like any append, and wakes the subscribers of its instance', async () => {
    const after = await one.head();
    const abort = new AbortController();
    const pages = one.subscribe({ after, signal: abort.signal })[Symbol.asyncIterator]();
    const next = pages.next();
    const events = newEvents(2);
    await (await taken(one, freshStream())).append('none', events);
    expect(ids((await next).value?.events ?? [])).toEqual(ids(events));
    expect(calls).toMatchObject([{ events: 2, streams: 1 }]);
    abort.abort();
    await pages.next();
  });
});
