import { createHash } from 'node:crypto';
import { lstatSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Failure } from '../failure';
import { unlessGone } from './durable-files';

/** The path of a Unix socket holds about this many bytes, on every system. */
const LONGEST_PATH = 100;

/**
 * One mirror for each folder: a socket that it listens on. The system closes it with the process, however that ends, so a killed mirror
 * holds nothing; what is left of its socket is a name that nobody answers at.
 */
export class FolderLock {
  private constructor(
    private readonly server: Server,
    private readonly path: string,
    private readonly inode: number,
  ) {}

  /** @param state the mirror's own folder @throws Failure when another mirror has it */
  static async take(state: string): Promise<FolderLock> {
    const [here, elsewhere] = socketPaths(state);
    let path = here;
    for (let attempt = 0; ; attempt += 1) {
      const server = createServer((socket) => socket.end());
      try {
        await listening(server, path);
        server.unref();
        return new FolderLock(server, path, inodeOf(path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
          if (path === elsewhere) throw error;
          path = elsewhere; // some shared folders hold no sockets
          continue;
        }
        if (attempt > 5 || (await isAnswered(path)))
          throw new Failure(`Another coord mirror keeps this folder in step: let it, or end it first (${path}).`);
        rmSync(path, { force: true });
      }
    }
  }

  /** @throws Failure when another mirror took the folder: two that start on what a killed one left can meet. */
  check(): void {
    if (this.inode !== inodeOf(this.path)) throw new Failure('Another coord mirror has taken this folder, or its lock was removed: this one ends.');
  }

  release(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Where it would be, and where instead if it can't. */
function socketPaths(state: string): [string, string] {
  const name = createHash('sha256').update(realpathSync(state)).digest('hex').slice(0, 24);
  const pipe = `\\\\.\\pipe\\coord-mirror-${name}`;
  if (process.platform === 'win32') return [pipe, pipe];
  const [here, elsewhere] = [relative(process.cwd(), join(state, 'lock.sock')), join(tmpdir(), `coord-mirror-${name}.sock`)];
  return [Buffer.byteLength(here) <= LONGEST_PATH ? here : elsewhere, elsewhere];
}

const inodeOf = (path: string): number => (process.platform === 'win32' ? 0 : (unlessGone(() => lstatSync(path).ino) ?? -1));

const listening = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(path, () => resolve());
  });

const isAnswered = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
