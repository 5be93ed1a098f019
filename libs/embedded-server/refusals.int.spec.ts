import { chmod, mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { type EmbeddedServer, EmbeddedServerError, startEmbeddedServer } from './index';
import { launchEngine, refusal } from './testing/engine';
import { canMount, enlargeDisk, isRoot, NOBODY, othersReachSources, removeFolders, smallDisk, temporaryFolder } from './testing/folders';
import { serversOn } from './testing/processes';

const servers: EmbeddedServer[] = [];
const asAnotherUser = isRoot && othersReachSources() ? it : it.skip;
const onSmallDisk = canMount() ? it : it.skip;

async function start(dataDir: string): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataDir });
  servers.push(server);
  return server;
}

/** The sentence with which a start on the folder is refused. */
async function refused(dataDir: string): Promise<string> {
  const error: unknown = await start(dataDir).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EmbeddedServerError);
  return String(error);
}

/** Leaves not a byte free. */
async function fill(folder: string): Promise<string> {
  const path = join(folder, 'filler');
  const { bavail, bsize } = await statfs(folder);
  await writeFile(path, Buffer.alloc(bavail * bsize));
  return path;
}

afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
afterAll(removeFolders);

describe('a start is refused with what to do', () => {
  it('in a folder that holds something else, which stays as it is', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'thesis.txt'), '');
    expect(await refused(folder)).toMatch(/holds files that are not Coord's \(thesis\.txt\): set COORD_DATA_DIR to an empty folder\.$/);
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  it('on a file', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    expect(await refused(path)).toMatch(/is not a folder .*: set COORD_DATA_DIR to a folder\.$/);
  });

  it('on data of another major version, which stay as they are', async () => {
    const folder = await temporaryFolder();
    await (await start(folder)).stop();
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n');
    expect(await refused(folder)).toContain('was made by Postgres 17 and this is Postgres 18: start the version of Coord that made it');
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '18\n');
    await start(folder);
  });

  it('when the password file is gone', async () => {
    const folder = await temporaryFolder();
    await (await start(folder)).stop();
    await rm(join(folder, 'postgres', 'coord.password'));
    expect(await refused(folder)).toMatch(/coord\.password is missing: put it back from a backup of the data folder\.$/);
    expect(serversOn(folder)).toBe(0);
  });

  it('with what Postgres complains of, when it does not start', async () => {
    const folder = await temporaryFolder();
    await (await start(folder)).stop();
    await rm(join(folder, 'postgres', 'global', 'pg_control'));
    expect(await refused(folder)).toMatch(/did not start \(.*pg_control.*\): see .*postgres\.log\.$/);
  });

  (isRoot ? it.skip : it)('in a folder that may not be written', async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o500);
    expect(await refused(folder)).toMatch(
      /can't be written \(EACCES\): give this user the right to write there, or set COORD_DATA_DIR to another folder\.$/,
    );
  });

  asAnotherUser('in a folder that may not be written by the ordinary user who starts it', async () => {
    const folder = await temporaryFolder(0o755);
    await mkdir(join(folder, 'data'), { mode: 0o755 });
    for (const dataDir of [join(folder, 'data'), join(folder, 'new')]) {
      expect(refusal(await launchEngine(dataDir, { uid: NOBODY }))).toMatch(/can't be written \(EACCES\): give this user the right to write there/);
    }
  });
});

describe('on a full disk', () => {
  onSmallDisk.each([10, 30, 40])('a first start with %i MiB is refused, and works when there is space', async (mebibytes) => {
    const folder = await smallDisk(mebibytes);
    expect(await refused(folder)).toMatch(/is full: free some space and start again/);
    expect((await readdir(folder)).filter((name) => name.startsWith('postgres.new-') || name.startsWith('engine.'))).toEqual([]);
    enlargeDisk(folder, 200);
    await start(folder);
  });

  onSmallDisk('a later start is refused, and has all data when there is space again', async () => {
    const folder = await smallDisk(200);
    const first = await start(folder);
    const sql = postgres(first.url, { max: 1 });
    await sql`create table kept as select 42 as n`.finally(() => sql.end());
    await first.stop();
    const filler = await fill(folder);
    expect(await refused(folder)).toMatch(/is full: free some space and start again/);
    await rm(filler);
    const again = postgres((await start(folder)).url, { max: 1 });
    expect(await again`select n from kept`.finally(() => again.end())).toEqual([{ n: 42 }]);
  });
});
