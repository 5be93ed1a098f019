import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedServer, startEmbeddedServer } from '@coord/embedded-server/index';
import { temporaryFolder } from '@coord/embedded-server/testing/folders';
import postgres from 'postgres';
import { type Engine, startEngine } from '../support/engine';
import { TcpProxy } from '../support/tcp-proxy';
import type { Instance } from './lock-client';
import type { Skew } from './lock-model';

export interface ClusterOptions {
  instances?: number;
  /** A file that every engine loads before its own code: how a broken build is made. */
  preload?: string;
}

/** Nothing goes stale or lost when a clock jumps: the model of locks knows expiry alone. */
const SETTINGS = { COORD_STALE_AFTER: '48h', COORD_LOST_AFTER: '48h', COORD_LOG_LEVEL: 'error' };

/** Where an EventStoreDB keeps the log instead: `npm run test:faults -- --eventstore esdb://…`. */
export const EVENTSTORE_URL = process.env.COORD_FAULTS_EVENTSTORE;

/** Debian's package `libfaketime`, if it is installed. */
const FAKETIME =
  process.platform === 'linux'
    ? ['', ...readdirSync('/usr/lib')].map((folder) => join('/usr/lib', folder, 'faketime/libfaketime.so.1')).find(existsSync)
    : undefined;
export const canSetClocks = FAKETIME !== undefined;
/** How long an engine may go by the clock that was, after a jump: the file is looked at when a second has passed. */
const SEES_A_JUMP_WITHIN_MS = 2_500;

/** Only the time of day jumps: timers go on as they do. */
const clockSettings = (library: string, file: string) => ({
  LD_PRELOAD: library,
  FAKETIME_TIMESTAMP_FILE: file,
  FAKETIME_CACHE_DURATION: '0',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
});

/** A Postgres that can be killed, for many clusters one after the other. */
export class Database {
  private constructor(readonly server: EmbeddedServer) {}

  static async start(): Promise<Database> {
    return new Database(await startEmbeddedServer({ dataDir: await temporaryFolder() }));
  }

  /** A new, empty one; gives its connection string. */
  async create(): Promise<string> {
    const name = `faults_${randomUUID().slice(0, 8)}`;
    const sql = postgres(this.server.url, { max: 1 });
    await sql`create database ${sql(name)}`.finally(() => sql.end());
    const url = new URL(this.server.url);
    url.pathname = `/${name}`;
    return url.href;
  }
}

/** An engine of a cluster, through all its lives, with a proxy before it and one between it and Postgres. */
export class Member implements Instance {
  #engine: Engine | undefined;
  #front: TcpProxy | undefined;
  #paused = false;
  /** Set back and forth while it runs; each change is uncertain for a while. */
  #jumps: { at: number; from: number; to: number }[] = [];

  private constructor(
    private readonly database: string,
    readonly back: TcpProxy,
    private readonly clockFile: string,
    private readonly options: ClusterOptions,
    private readonly fastest: () => number,
  ) {}

  static async start(databaseUrl: string, options: ClusterOptions, fastest: () => number): Promise<Member> {
    const url = new URL(databaseUrl);
    const back = await TcpProxy.to({ host: url.hostname, port: Number(url.port) });
    url.port = String(back.port);
    const clockFile = join(await temporaryFolder(), 'clock');
    await writeFile(clockFile, '+0\n');
    const member = new Member(url.href, back, clockFile, options, fastest);
    await member.start();
    return member;
  }

  /** Its front proxy: what clients call. Of an engine that is down, its last one. */
  url(): string {
    return `http://127.0.0.1:${this.#front?.port}`;
  }

  get front(): TcpProxy {
    if (!this.#front) throw new Error('The engine was never started.');
    return this.#front;
  }

  get process(): Engine['process'] | undefined {
    return this.#engine?.process;
  }

  async start(): Promise<void> {
    const env: Record<string, string> = { ...SETTINGS };
    if (FAKETIME) Object.assign(env, clockSettings(FAKETIME, this.clockFile));
    if (this.options.preload) env.NODE_OPTIONS = `--require=${this.options.preload}`;
    if (EVENTSTORE_URL) env.EVENTSTORE_URL = EVENTSTORE_URL;
    const engine = await startEngine({ databaseUrl: this.database, env });
    const url = new URL(engine.url);
    this.#front = await TcpProxy.to({ host: url.hostname, port: Number(url.port) });
    this.#engine = engine;
  }

  /** As power that goes: whoever calls is refused from then on. */
  async kill(): Promise<void> {
    await this.process?.kill('SIGKILL');
    await this.front.close();
  }

  pause(): void {
    this.#signal('SIGSTOP');
    this.#paused = true;
  }

  resume(): void {
    if (this.#paused) this.#signal('SIGCONT');
    this.#paused = false;
  }

  /** Has its clock right again, if it was set. */
  async mendClock(): Promise<void> {
    if ((this.#jumps.at(-1)?.to ?? 0) === 0) return;
    await this.setClock(0);
    await pause(SEES_A_JUMP_WITHIN_MS);
  }

  /** Sets its clock so far before the true one, while it runs. */
  async setClock(ms: number): Promise<void> {
    this.#jumps.push({ at: Date.now(), from: this.#jumps.at(-1)?.to ?? 0, to: ms });
    await writeFile(this.clockFile, `+${ms / 1_000}\n`);
  }

  skew(): Skew {
    const last = this.#jumps.at(-1);
    const possible = !last ? [0] : Date.now() - last.at > SEES_A_JUMP_WITHIN_MS ? [last.to] : [last.from, last.to];
    return { least: Math.min(...possible), most: Math.max(...possible), fastest: this.fastest() };
  }

  get everFastest(): number {
    return Math.max(0, ...this.#jumps.map(({ to }) => to));
  }

  async end(): Promise<void> {
    this.resume();
    if (this.process?.running) await this.process.stop();
    await Promise.all([this.front.close(), this.back.close()]);
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.process?.running) process.kill(this.process.pid, signal);
  }
}

/** Several engines on one store. */
export class Cluster {
  private constructor(readonly members: readonly Member[]) {}

  static async start(databaseUrl: string, options: ClusterOptions = {}): Promise<Cluster> {
    const members: Member[] = [];
    const fastest = (): number => Math.max(...members.map((member) => member.everFastest));
    const starting = Array.from({ length: options.instances ?? 2 }, () => Member.start(databaseUrl, options, fastest));
    members.push(...(await Promise.all(starting)));
    return new Cluster(members);
  }

  async end(): Promise<void> {
    await Promise.all(this.members.map((member) => member.end()));
  }
}
