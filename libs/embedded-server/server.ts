import { setTimeout as sleep } from 'node:timers/promises';
import { prepareBinaries } from './binaries';
import { ensureCluster } from './cluster';
import { openDatabase, shortestWay } from './connection';
import { prepareDataFolder } from './data-folder';
import { acquireEngineLock, type EngineLock } from './engine-lock';
import { explainFolderError } from './errors';
import { findFreePort } from './free-port';
import { stopOrphans } from './orphan';
import { type Installation, PortTaken, Postmaster } from './postmaster';
import { ServerLog } from './server-log';
import { chooseServerUser } from './server-user';

export interface EmbeddedServerOptions {
  /** made when missing; holds the cluster and all that belongs to it */
  dataDir: string;
  /** gets one line for each thing that an operator may want to know */
  log?: (line: string) => void;
  /** gives the start up, also in the middle of a recovery */
  signal?: AbortSignal;
  /** folder with bin, lib and share of another build of Postgres than the installed npm package's */
  binaries?: string;
}

export interface EmbeddedServer {
  /** `postgres://…` with password, of the database `coord`; the same as long as the engine runs */
  readonly url: string;
  /** the same database by the shortest way, which may be a Unix socket: for clients with `OwnedSockets` */
  readonly nearUrl: string;
  /** of the Postgres that runs now */
  readonly pid: number;
  /** Tells each time that Postgres ended without being asked to, and how. It is started again by itself, at the same url. */
  onExit(listener: (reason: string) => void): void;
  /** Resolves within 5 s, when no process is left and the folder is free. May be called again. */
  stop(): Promise<void>;
}

const PORT_ATTEMPTS = 10;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Starts Postgres on the data folder as a child of this process; the first time it makes the cluster. What an engine that died left behind is cleared away first.
 * @throws EmbeddedServerError when it can't, or was aborted; then nothing was damaged and nothing is left running.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  const folder = await prepareDataFolder(options.dataDir);
  const lock = await acquireEngineLock(folder.root).catch((error: unknown) => {
    throw explainFolderError(error, folder.root);
  });
  let serverLog: ServerLog | undefined;
  let postmaster: Postmaster | undefined;
  try {
    const user = await chooseServerUser(folder.cluster);
    await stopOrphans(folder, log);
    const binaries = await prepareBinaries(folder, user, options.binaries);
    await ensureCluster(folder, binaries, user);
    serverLog = new ServerLog(folder.log, user, log);
    const installation = { folder, binaries, user, serverLog };
    const started = await startOnFreePort(installation, options.signal);
    postmaster = started.postmaster;
    const url = await openDatabase(folder, started.port);
    return new RunningServer(url, shortestWay(url, folder, started.port), started.port, postmaster, installation, lock, log);
  } catch (error) {
    await postmaster?.stop();
    serverLog?.close();
    await lock.release();
    throw explainFolderError(error, folder.root);
  }
}

async function startOnFreePort(installation: Installation, signal?: AbortSignal): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort();
    try {
      return { port, postmaster: await Postmaster.start(installation, port, signal) };
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

class RunningServer implements EmbeddedServer {
  private readonly listeners: ((reason: string) => void)[] = [];
  private readonly stopping = new AbortController();
  private readonly watch: Promise<void>;
  private stopped: Promise<void> | undefined;

  constructor(
    readonly url: string,
    readonly nearUrl: string,
    private readonly port: number,
    private postmaster: Postmaster,
    private readonly installation: Installation,
    private readonly lock: EngineLock,
    private readonly log: (line: string) => void,
  ) {
    this.watch = this.keepRunning();
  }

  get pid(): number {
    return this.postmaster.pid;
  }

  onExit(listener: (reason: string) => void): void {
    this.listeners.push(listener);
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopOnce();
    return this.stopped;
  }

  private async stopOnce(): Promise<void> {
    this.stopping.abort();
    await this.postmaster.stop();
    await this.watch;
    this.installation.serverLog.close();
    await this.lock.release();
  }

  private async keepRunning(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const reason = await this.postmaster.ended;
      if (this.stopping.signal.aborted) return;
      this.log(`Postgres ended: ${reason}; starting it again`);
      for (const listener of this.listeners) listener(reason);
      await this.startAgain();
    }
  }

  private async startAgain(): Promise<void> {
    const { signal } = this.stopping;
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await stopOrphans(this.installation.folder, this.log);
        this.postmaster = await Postmaster.start(this.installation, this.port, signal);
        this.log('Postgres runs again');
        // Asked to stop just now: `stop` has only seen the one before.
        if (signal.aborted) await this.postmaster.stop();
        return;
      } catch (error) {
        if (!signal.aborted) this.log(`Postgres does not start: ${error instanceof Error ? error.message : error}`);
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
