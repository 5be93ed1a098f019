import { readdir, readFile, stat } from 'node:fs/promises';
import { EmbeddedServerError, systemCode } from './errors';

/** The user that Postgres runs as when it is not the engine's own. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** Tried in this order: the user that is meant for it, and the one that every system has. None is created: that would change the system. */
const CANDIDATES = ['postgres', 'nobody'];

/**
 * Postgres refuses to run as root, so below root it runs as whoever owns the cluster, else as `postgres` or `nobody`.
 * Undefined: it runs as the engine's own user.
 * @throws EmbeddedServerError when the cluster is another user's, or root finds no user to run Postgres as.
 */
export async function chooseServerUser(cluster: string): Promise<ServerUser | undefined> {
  const me = process.getuid?.();
  if (me === undefined) return undefined;
  const owner = await stat(cluster).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (me !== 0) {
    if (owner !== undefined && owner.uid !== me) {
      throw new EmbeddedServerError(
        `The database in ${cluster} belongs to user ${owner.uid}, not to this one (${me}): start as that user, or set COORD_DATA_DIR to another folder.`,
      );
    }
    return undefined;
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  if (owner !== undefined && (await readdir(cluster)).length > 0) {
    throw new EmbeddedServerError(
      `The database in ${cluster} belongs to root, as whom Postgres refuses to run: give it to another user (chown -R nobody "${cluster}") and start again.`,
    );
  }
  // initdb asks for the name of its user, so it has to be one with an entry.
  const entries = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const candidate of CANDIDATES) {
    const [, , uid, gid] = entries.find(([name]) => name === candidate) ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new EmbeddedServerError(
    'Postgres refuses to run as root and there is no user "postgres" or "nobody" to run it as: start as an ordinary user, or set DATABASE_URL to a Postgres.',
  );
}
