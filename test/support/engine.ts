import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { build, ROOT } from './build';

export interface EngineOptions {
  /** Of the embedded Postgres; default: a new folder with blanks in its name. */
  dataDir?: string;
  /** Instead of an embedded Postgres. */
  databaseUrl?: string;
  /** Settings beside those. By default it takes a free port and logs warnings. */
  env?: Record<string, string>;
  /** The user that it runs as, where the tests run as root. */
  uid?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built engine in a process of its own, as `npm start` runs it. */
export class EngineProcess {
  #stdout = '';
  #stderr = '';
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Resolves to its url when it says that it is ready. Rejects with what it said when it ends before. */
  readonly ready: Promise<string>;

  constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string | undefined,
  ) {
    if (child.pid === undefined) throw new Error('The engine could not be spawned.');
    this.pid = child.pid;
    this.exited = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
    this.ready = new Promise((resolve, reject) => {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        this.#stdout += text;
        const url = /ready at (\S+)\n/.exec(this.#stdout)?.[1];
        if (url) resolve(url);
      });
      void this.exited.then(({ code, signal }) => reject(new Error(`The engine ended (${code ?? signal}): ${this.#stderr}${this.#stdout}`)));
    });
    // Who does not wait for it looks at `exited`.
    this.ready.catch(() => undefined);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
  }

  get stdout(): string {
    return this.#stdout;
  }
  get stderr(): string {
    return this.#stderr;
  }
  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends a signal and waits for the end. */
  async kill(signal: NodeJS.Signals): Promise<Exit> {
    this.child.kill(signal);
    return this.exited;
  }

  stop(): Promise<Exit> {
    return this.kill('SIGTERM');
  }
}

export interface Engine {
  url: string;
  process: EngineProcess;
}

const spawned: EngineProcess[] = [];

/** Starts it and returns at once, for a test of the start itself. */
export async function spawnEngine(options: EngineOptions = {}): Promise<EngineProcess> {
  await build();
  const dataDir = options.databaseUrl === undefined ? (options.dataDir ?? (await temporaryFolder())) : undefined;
  const { DATABASE_URL: _, PORT: __, COORD_DATA_DIR: ___, ...env } = process.env;
  const settings = {
    ...{ COORD_PORT: '0', COORD_LOG_LEVEL: 'warn' },
    ...(dataDir !== undefined && { COORD_DATA_DIR: dataDir }),
    ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl }),
    ...options.env,
  };
  const [, ...command] = startScript().split(' ');
  const child = spawn(process.execPath, command, { cwd: ROOT, env: { ...env, ...settings }, uid: options.uid, gid: options.uid, stdio: 'pipe' });
  const engine = new EngineProcess(child, dataDir);
  spawned.push(engine);
  return engine;
}

/** Starts it and waits until it is ready. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const engine = await spawnEngine(options);
  return { url: await engine.ready, process: engine };
}

/** Stops every engine of this test file that still runs; for its `afterEach`, where each test has its own. */
export async function stopRunning(): Promise<void> {
  await Promise.all(spawned.splice(0).map((engine) => engine.running && engine.stop()));
}

/** Stops every engine of this test file that still runs and removes the folders; for its `afterAll`. */
export async function stopEngines(): Promise<void> {
  await stopRunning();
  await removeFolders();
}

/** What `npm start` runs, with its options for Node. */
function startScript(): string {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start;
}
