import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { connectToRunning, type EmbeddedServer, startEmbeddedServer } from './index';
import { removeFolders, temporaryFolder } from './testing/folders';
import { isAlive, serversOn, until } from './testing/processes';

const servers: EmbeddedServer[] = [];

async function start(dataDir: string, log?: (line: string) => void): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataDir, log });
  servers.push(server);
  return server;
}

async function query<T>(url: string, run: (sql: postgres.Sql) => Promise<T>, path?: string): Promise<T> {
  const sql = postgres(url, { max: 1, path });
  return run(sql).finally(() => sql.end());
}

/** Where its Unix socket is. */
function socketOf({ nearUrl }: EmbeddedServer): string {
  const { hostname, port } = new URL(nearUrl);
  return join(decodeURIComponent(hostname), `.s.PGSQL.${port}`);
}

/** Asks until there is an answer, as a client does whose database is away for a moment. */
async function askUntilAnswered(url: string): Promise<number> {
  let answer: number | undefined;
  await until('the database answers', async () => {
    answer = await query(url, (sql) => sql`select n from kept`.then(([row]) => row?.n)).catch(() => undefined);
    return answer !== undefined;
  });
  return answer ?? Number.NaN;
}

describe('an embedded server', () => {
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
  afterAll(removeFolders);

  it('runs in a folder with blanks in its path that does not exist yet', async () => {
    const server = await start(`${await temporaryFolder()}/my data/coord`);
    expect(new URL(server.url).pathname).toBe('/coord');
    expect(await query(server.url, (sql) => sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });

  it('has on disk what it has acknowledged, sorts alike on every machine and keeps time in UTC', async () => {
    const server = await start(await temporaryFolder());
    const [settings] = await query(
      server.url,
      (sql) => sql`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('timezone') as zone,
        current_setting('server_encoding') as encoding, array(select w from unnest(array['b', 'A', 'ä', 'a', 'Z']) w order by w) as sorted`,
    );
    expect(settings).toEqual({ fsync: 'on', commit: 'on', zone: 'UTC', encoding: 'UTF8', sorted: ['A', 'Z', 'a', 'b', 'ä'] });
  });

  it('listens on the loopback address alone and lets nobody in without the password', async () => {
    const server = await start(await temporaryFolder());
    const [row] = await query(
      server.url,
      (sql) => sql`select current_setting('listen_addresses') as on, current_setting('unix_socket_directories') as sockets`,
    );
    expect(row).toEqual({ on: '127.0.0.1', sockets: '.' });
    for (const path of [undefined, socketOf(server)]) {
      const wrong = new URL(server.url);
      wrong.password = 'guess';
      await expect(query(wrong.href, (sql) => sql`select 1`, path)).rejects.toMatchObject({ code: '28P01' });
    }
  });

  it('is nearer by a socket in its own folder, which nobody else can enter', async () => {
    const folder = await temporaryFolder();
    const server = await start(folder);
    expect(new URL(server.nearUrl).hostname).toBe(encodeURIComponent(join(await realpath(folder), 'postgres')));
    expect(await query(server.url, (sql) => sql`select inet_client_addr() is null as near`, socketOf(server))).toEqual([{ near: true }]);
    expect((await stat(join(folder, 'postgres'))).mode & 0o077).toBe(0);
  });

  it('is reached over TCP alone where the path of a socket would be too long', async () => {
    const server = await start(`${await temporaryFolder()}/${'long'.repeat(25)}`);
    expect(server.nearUrl).toBe(server.url);
    expect(await query(server.url, (sql) => sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });

  it('has the data of the run before', async () => {
    const folder = await temporaryFolder();
    const first = await start(folder);
    await query(first.url, (sql) => sql`create table kept as select 42 as n`);
    await first.stop();
    expect(await query((await start(folder)).url, (sql) => sql`select n from kept`)).toEqual([{ n: 42 }]);
  });

  it('leaves no process when it stops, and may be stopped again', async () => {
    const folder = await temporaryFolder();
    const server = await start(folder);
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(serversOn(folder)).toBe(0);
    expect(isAlive(server.pid)).toBe(false);
  });

  it('stops within 5 s while a client keeps it busy', async () => {
    const folder = await temporaryFolder();
    const server = await start(folder);
    const client = postgres(server.url, { max: 1 });
    const busy = client`select pg_sleep(60)`.catch((error: unknown) => error);
    await until('the query runs', async () => {
      const [row] = await query(server.url, (sql) => sql`select count(*)::int as n from pg_stat_activity where query like 'select pg_sleep%'`);
      return row?.n === 1;
    });
    await Promise.race([server.stop(), sleep(5_000).then(() => Promise.reject(new Error('it took longer')))]);
    expect(await busy).toMatchObject({ code: 'CONNECTION_CLOSED' });
    expect(serversOn(folder)).toBe(0);
    await client.end({ timeout: 0 });
  });

  it('stops a Postgres that does not react any more', async () => {
    const folder = await temporaryFolder();
    const server = await start(folder);
    process.kill(server.pid, 'SIGSTOP');
    await server.stop();
    await until('its children are gone', () => serversOn(folder) === 0);
  });

  it('comes back at the same url, with all data, when Postgres is killed', async () => {
    const server = await start(await temporaryFolder());
    const reasons: string[] = [];
    server.onExit((reason) => reasons.push(reason));
    await query(server.url, (sql) => sql`create table kept as select 42 as n`);
    for (const expected of [1, 2, 3]) {
      const before = server.pid;
      process.kill(before, 'SIGKILL');
      await until('Postgres runs again', () => server.pid !== before);
      expect(await askUntilAnswered(server.url)).toBe(42);
      expect(reasons).toHaveLength(expected);
    }
    expect(reasons[0]).toContain('SIGKILL');
  });

  it('comes back although a child of the killed Postgres does not end by itself', async () => {
    const folder = await temporaryFolder();
    const server = await start(folder);
    await query(server.url, (sql) => sql`create table kept as select 42 as n`);
    const client = postgres(server.url, { max: 1 });
    const [backend] = await client`select pg_backend_pid() as pid`;
    process.kill(backend?.pid, 'SIGSTOP');
    const before = server.pid;
    process.kill(before, 'SIGKILL');
    await until('Postgres runs again', () => server.pid !== before);
    expect(await askUntilAnswered(server.url)).toBe(42);
    await client.end({ timeout: 0 });
  });

  it('comes back at the same url as soon as its port is free, when something else took it meanwhile', async () => {
    const said: string[] = [];
    const server = await start(await temporaryFolder(), (line) => said.push(line));
    await query(server.url, (sql) => sql`create table kept as select 42 as n`);
    const intruder = createServer();
    server.onExit(() => intruder.listen(Number(new URL(server.url).port), '127.0.0.1'));
    process.kill(server.pid, 'SIGKILL');
    await until('it has found the port taken', () => said.some((line) => /Port \d+ on 127\.0\.0\.1 is taken/.test(line)));
    intruder.close();
    expect(await askUntilAnswered(server.url)).toBe(42);
  });

  it('can be stopped while it comes back', async () => {
    const folder = await temporaryFolder();
    const server = await start(folder);
    const exited = new Promise((resolve) => server.onExit(resolve));
    process.kill(server.pid, 'SIGKILL');
    await exited;
    await server.stop();
    expect(serversOn(folder)).toBe(0);
  });

  it('is found by a script beside it as long as it runs', async () => {
    const folder = await temporaryFolder();
    expect(await connectToRunning(folder)).toBeNull();
    expect(await connectToRunning(`${folder}/missing`)).toBeNull();
    const server = await start(folder);
    expect(await connectToRunning(folder)).toEqual({ url: server.url });
    await server.stop();
    expect(await connectToRunning(folder)).toBeNull();
  });
});
