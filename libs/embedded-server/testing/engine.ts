import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** An engine in a process of its own, so that it can be killed. */
export interface Engine {
  process: ChildProcess;
  /** what it said first: that it runs, or why it doesn't */
  outcome: { url: string; pid: number } | { error: string; name: string };
  /** kill -9, and waits for its end */
  kill(): Promise<void>;
  /** SIGTERM, and waits for its end */
  stop(): Promise<void>;
}

export interface EngineOptions {
  binaries?: string;
  uid?: number;
}

export async function launchEngine(dataDir: string, { binaries, uid }: EngineOptions = {}): Promise<Engine> {
  const child = spawnEngine(dataDir, { binaries, uid });
  const [line] = await once(createInterface(child.stdout), 'line');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return { process: child, outcome: JSON.parse(line), kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** The bare process, for a test that kills it before it has said anything. */
export function spawnEngine(dataDir: string, { binaries, uid }: EngineOptions = {}) {
  const args = [join(__dirname, 'engine-process.cjs'), dataDir, ...(binaries === undefined ? [] : [binaries])];
  return spawn(process.execPath, args, { uid, gid: uid, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** What it said when it runs; fails the test with the reason when it doesn't. */
export function running(engine: Engine): { url: string; pid: number } {
  if ('error' in engine.outcome) throw new Error(engine.outcome.error);
  return engine.outcome;
}

/** The reason why it doesn't run. */
export function refusal(engine: Engine): string {
  if (!('error' in engine.outcome)) throw new Error('the engine runs, but should not');
  expect(engine.outcome.name).toBe('EmbeddedServerError');
  return engine.outcome.error;
}
