import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, open, readdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Binaries } from './binaries';
import { type DataFolder, UNFINISHED } from './data-folder';
import { diskIsFull, EmbeddedServerError, explainFolderError, systemCode, tellsOfFullDisk } from './errors';
import { postgresProcessesIn, sendSignal } from './process-identity';
import { serverEnvironment } from './server-environment';
import type { ServerUser } from './server-user';
import { syncFolder } from './sync-folder';

export const SUPERUSER = 'coord';
const PASSWORD = 'coord.password';
/** Postgres can't start, nor can initdb end, with less: its log grows by files of 16 MiB. */
const SMALLEST_SPACE = 17 * 1024 * 1024;

/** Below root the cluster may lie under folders that its user can't pass; its working folder, which root has chosen, it reaches all the same. */
export const asSeenByServer = (cluster: string, user: ServerUser | undefined): string =>
  user !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : cluster;

/**
 * Makes the cluster when there is none: aside, and moved to its place once it is complete and on disk, so that one which is there is whole.
 * @throws EmbeddedServerError when the disk is full, or the cluster there is of another major version.
 */
export async function ensureCluster(folder: DataFolder, binaries: Binaries, user: ServerUser | undefined): Promise<void> {
  try {
    await removeUnfinished(folder);
    if (await isMade(folder, binaries)) return;
    if (await hasNoSpace(folder.root)) throw diskIsFull(folder.root);
    const unfinished = await mkdtemp(join(folder.root, UNFINISHED));
    const password = randomBytes(24).toString('base64url');
    const secret = `${unfinished}.password`;
    await writeDurably(secret, password, user);
    if (user !== undefined) await chown(unfinished, user.uid, user.gid);
    await initdb(folder, unfinished, secret, binaries, user);
    await rename(secret, join(unfinished, PASSWORD));
    await syncFolder(unfinished);
    await rename(unfinished, folder.cluster);
    await syncFolder(folder.root);
  } catch (error) {
    await removeUnfinished(folder);
    throw explainFolderError(error, folder.root);
  }
}

/** The password of the cluster's superuser. It lies inside the cluster, so that a backup of the one holds the other. */
export async function readPassword(folder: DataFolder): Promise<string> {
  try {
    return await readFile(join(folder.cluster, PASSWORD), 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw explainFolderError(error, folder.root);
    throw new EmbeddedServerError(`The password file ${join(folder.cluster, PASSWORD)} is missing: put it back from a backup of the data folder.`);
  }
}

/** Free bytes are what tells a full disk for sure: on a full disk Postgres can't even write why it gave up. */
export async function hasNoSpace(folder: string): Promise<boolean> {
  const { bavail, bsize, blocks } = await statfs(folder);
  // Some file systems don't tell and say 0 everywhere.
  return blocks > 0 && bavail * bsize < SMALLEST_SPACE;
}

async function isMade(folder: DataFolder, binaries: Binaries): Promise<boolean> {
  const version = await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (version === undefined) {
    // Empty: someone has made it beforehand. Anything else is not ours to touch.
    const content = await readdir(folder.cluster).catch(() => []);
    if (content.length === 0) return false;
    throw new EmbeddedServerError(
      `The folder ${folder.cluster} holds something that is no Postgres database: set COORD_DATA_DIR to an empty folder.`,
    );
  }
  if (version.trim() === binaries.major) return true;
  throw new EmbeddedServerError(
    `The data in ${folder.cluster} was made by Postgres ${version.trim()} and this is Postgres ${binaries.major}: start the version of Coord that made it, or set COORD_DATA_DIR to another folder.`,
  );
}

async function removeUnfinished(folder: DataFolder): Promise<void> {
  for (const name of await readdir(folder.root)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const path = join(folder.root, name);
    // The initdb of an engine that was killed lives on.
    for (const pid of postgresProcessesIn(path)) sendSignal(pid, 'SIGKILL');
    await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

async function initdb(folder: DataFolder, target: string, secret: string, binaries: Binaries, user: ServerUser | undefined): Promise<void> {
  // Its user may not be able to reach the file by its path, but it can read what it is given open.
  const password = await open(secret, 'r');
  try {
    const options = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'];
    const account = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${process.platform === 'win32' ? secret : '/dev/stdin'}`];
    const child = spawn(binaries.initdb, ['-D', asSeenByServer(target, user), ...options, ...account], {
      ...user,
      cwd: target,
      env: serverEnvironment(),
      stdio: [password.fd, 'ignore', 'pipe'],
      detached: true,
    });
    const ended = once(child, 'close');
    const endGroup = (): void => {
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL');
    };
    process.once('exit', endGroup);
    const [said, [code]] = await Promise.all([child.stderr === null ? '' : text(child.stderr), ended]).finally(() => process.off('exit', endGroup));
    if (code === 0) return;
    if (tellsOfFullDisk(said) || (await hasNoSpace(folder.root))) throw diskIsFull(folder.root);
    throw new EmbeddedServerError(`The database could not be made in ${folder.root} (${firstComplaint(said)}): mend that and start again.`);
  } finally {
    await password.close();
  }
}

const firstComplaint = (said: string): string => /(?:FATAL|error): +(.*)/.exec(said)?.[1] ?? (said.trim().split('\n')[0] || 'initdb said nothing');

async function writeDurably(path: string, content: string, user: ServerUser | undefined): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    if (user !== undefined) await file.chown(user.uid, user.gid);
    await file.sync();
  } finally {
    await file.close();
  }
}
