import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { asSeenByServer, hasNoSpace } from './cluster';
import type { DataFolder } from './data-folder';
import { diskIsFull, EmbeddedServerError, tellsOfFullDisk } from './errors';
import { readPidFile } from './pid-file';
import { postgresProcessesIn, sendSignal } from './process-identity';
import { serverEnvironment } from './server-environment';
import type { ServerLog } from './server-log';
import type { ServerUser } from './server-user';
import { settingArguments } from './settings';

/** All that a Postgres process is started from. */
export interface Installation {
  folder: DataFolder;
  binaries: Binaries;
  user: ServerUser | undefined;
  serverLog: ServerLog;
}

const READY_CHECK_MS = 5;
/** Together with the engine's own shutdown it has to fit in 5 s. */
const FAST_SHUTDOWN_MS = 3_000;
const IMMEDIATE_SHUTDOWN_MS = 800;

/** Something else listens on the port that was chosen. */
export class PortTaken extends EmbeddedServerError {
  constructor(port: number) {
    super(`Port ${port} on 127.0.0.1 is taken: end what listens there.`);
  }
}

/** One run of Postgres, from its start to its end. */
export class Postmaster {
  readonly pid: number;
  /** Resolves when the process has ended, with how. */
  readonly ended: Promise<string>;

  private constructor(
    private readonly child: ChildProcess,
    pid: number,
    private readonly cluster: string,
  ) {
    this.pid = pid;
    // If the engine exits without having stopped it, it gets the signal at least, and the next start waits for its end.
    const onEngineExit = () => this.signal('SIGINT');
    process.once('exit', onEngineExit);
    this.ended = once(child, 'exit').then(([code, signal]) => {
      process.off('exit', onEngineExit);
      return signal === null ? `it exited with code ${code}` : `it was ended by ${signal}`;
    });
  }

  /**
   * Resolves when it accepts connections; after a crash that is when it has recovered, however long it takes.
   * @param signal ends it again, when it is aborted before that
   * @throws PortTaken, or EmbeddedServerError with what Postgres complained of.
   */
  static async start(installation: Installation, port: number, signal?: AbortSignal): Promise<Postmaster> {
    const { folder, serverLog } = installation;
    const logStart = serverLog.length();
    const postmaster = await Postmaster.spawn(installation, port);
    let end: string | undefined;
    postmaster.ended.then((reason) => {
      end = reason;
    });
    try {
      for (; end === undefined; await sleep(READY_CHECK_MS)) {
        const state = await readPidFile(folder);
        if (state?.ready && state.pid === postmaster.pid) return postmaster;
        if (signal?.aborted) await postmaster.stop();
      }
    } catch (error) {
      await postmaster.stop();
      throw error;
    }
    throw await explain(serverLog.readFrom(logStart), end, installation, port);
  }

  private static async spawn({ folder, binaries, user, serverLog }: Installation, port: number): Promise<Postmaster> {
    const child = serverLog.withFile((log) =>
      spawn(binaries.postgres, ['-D', asSeenByServer(folder.cluster, user), '-p', String(port), ...settingArguments()], {
        ...user,
        cwd: folder.cluster,
        env: serverEnvironment(),
        stdio: ['ignore', log, log],
        // In a group of its own: Ctrl-C is the engine's to handle, which needs its database to answer what is under way.
        detached: true,
      }),
    );
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error('a spawned process has an id');
    return new Postmaster(child, child.pid, folder.cluster);
  }

  /** Ends it within about 4 s: a fast shutdown, then an immediate one (which costs a recovery at the next start, but no data), then by force. */
  async stop(): Promise<void> {
    this.signal('SIGINT');
    if (await this.endedWithin(FAST_SHUTDOWN_MS)) return;
    this.signal('SIGQUIT');
    if (await this.endedWithin(IMMEDIATE_SHUTDOWN_MS)) return;
    this.signal('SIGKILL');
    await this.ended;
    for (const child of postgresProcessesIn(this.cluster)) sendSignal(child, 'SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  private async endedWithin(ms: number): Promise<boolean> {
    const patience = new AbortController();
    const late = sleep(ms, false, { signal: patience.signal }).catch(() => false);
    const done = await Promise.race([this.ended.then(() => true), late]);
    patience.abort();
    return done;
  }
}

async function explain(said: string, end: string, { folder }: Installation, port: number): Promise<Error> {
  if (tellsOfFullDisk(said) || (await hasNoSpace(folder.root))) return diskIsFull(folder.root);
  if (/could not create any TCP\/IP sockets|Address already in use/.test(said)) return new PortTaken(port);
  const complaint = /(?:FATAL|PANIC): +(.*)/.exec(said)?.[1] ?? [end, ...said.trim().split('\n').slice(-3)].join('; ');
  return new EmbeddedServerError(`The embedded Postgres on ${folder.root} did not start (${complaint}): see ${folder.log}.`);
}
