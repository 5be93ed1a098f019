import { readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedServerError, systemCode } from './errors';
import { processIdentity } from './process-identity';

/** One file for each engine that wants the folder; its name says which process, its content whether it has the folder. */
const CLAIM = /^engine\.(\d+)\.([\w-]+)$/;
const HELD = 'held';
const ROUNDS = 40;

export interface EngineLock {
  /** Gives the folder back. A process that ends without it has given it back, too. */
  release(): Promise<void>;
}

/**
 * Takes the data folder for this process; a claim of a process that is dead (however it died) does not count.
 *
 * Node has no file locks, and taking over a stale lock file can't be made free of races. So each engine first writes a claim of its own and then
 * looks at the others': of two that start at once, at least one sees the other, and whoever sees a living one withdraws. Nobody ever removes
 * a living engine's claim.
 * @throws EmbeddedServerError when a living engine has the folder.
 */
export async function acquireEngineLock(folder: string): Promise<EngineLock> {
  const mine = `engine.${process.pid}.${processIdentity(process.pid)}`;
  const path = join(folder, mine);
  for (let round = 1; ; round++) {
    if (!(await create(path))) throw inUse(folder, process.pid);
    const rivals = await claimUnlessRivalled(folder, mine).catch(async (error: unknown) => {
      await unlink(path);
      throw error;
    });
    if (rivals.length === 0) return { release: () => unlink(path).catch(ignoreMissing) };
    await unlink(path);
    const holder = rivals.find((rival) => rival.held);
    if (holder !== undefined || round === ROUNDS) throw inUse(folder, (holder ?? rivals[0])?.pid);
    await sleep(10 + Math.random() * 90);
  }
}

const inUse = (folder: string, pid: number | undefined): EmbeddedServerError =>
  new EmbeddedServerError(
    `The data folder ${folder} is in use by another engine (process ${pid}): stop that one, or set COORD_DATA_DIR to another folder.`,
  );

/** The living rivals; when there are none, the folder is ours. */
async function claimUnlessRivalled(folder: string, mine: string): Promise<{ pid: number; held: boolean }[]> {
  const rivals = await livingRivals(folder, mine);
  if (rivals.length === 0) await writeFile(join(folder, mine), HELD);
  return rivals;
}

/** False when this very process already has a claim on the folder. */
async function create(path: string): Promise<boolean> {
  try {
    await writeFile(path, '', { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function livingRivals(folder: string, mine: string): Promise<{ pid: number; held: boolean }[]> {
  const rivals: { pid: number; held: boolean }[] = [];
  for (const name of await readdir(folder)) {
    const [, pid, identity] = CLAIM.exec(name) ?? [];
    if (name === mine || pid === undefined) continue;
    const path = join(folder, name);
    if (processIdentity(Number(pid)) === identity) rivals.push({ pid: Number(pid), held: (await readOrNothing(path)) === HELD });
    else await unlink(path).catch(ignoreMissing);
  }
  return rivals;
}

/** A claim may be withdrawn between the listing and the look at it. */
function ignoreMissing(error: unknown): undefined {
  if (systemCode(error) === 'ENOENT') return undefined;
  throw error;
}

const readOrNothing = async (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(ignoreMissing);
