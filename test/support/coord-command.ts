import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Json } from './api';
import { build, ROOT } from './build';
import { until } from './until';

export interface CommandRun {
  code: number | null;
  stdout: string;
  stderr: string;
  /** `data` of what it printed as JSON. */
  readonly data: Json;
}

export interface Surroundings {
  /** The folder that it runs in; also its home, so that nothing of the machine's user is read. */
  folder: string;
  env?: Record<string, string>;
}

const { PATH = '' } = process.env;
export const COORD = join(ROOT, 'dist/apps/cli/src/main.js');

/** What `coord` is started with: nothing of ours but the PATH. */
export const environmentIn = ({ folder, env }: Surroundings): Record<string, string> => ({ PATH, HOME: folder, ...env });

/** A `coord` that goes on: it watches, waits, or runs a command. */
export class RunningCoord {
  stdout = '';
  stderr = '';
  readonly #ended: Promise<number | null>;

  constructor(readonly child: ChildProcessWithoutNullStreams) {
    this.#ended = new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    child.stdin.on('error', () => undefined); // who does not read its input may end before it is written
  }

  /** Waits until its output has `what`; @throws when it ends without. */
  async says(what: string | RegExp): Promise<void> {
    const said = (): boolean => (typeof what === 'string' ? this.stdout.includes(what) : what.test(this.stdout));
    await until(`coord says ${what} (it said: ${this.stdout}${this.stderr})`, () => {
      if (!said() && this.child.exitCode !== null)
        throw new Error(`coord ended (${this.child.exitCode}) before it said ${what}: ${this.stdout}${this.stderr}`);
      return said();
    });
  }

  async ended(): Promise<CommandRun> {
    const code = await this.#ended;
    const { stdout, stderr } = this;
    return {
      ...{ code, stdout, stderr },
      get data(): Json {
        return (JSON.parse(stdout) as { data: Json }).data;
      },
    };
  }

  /** Sends a signal and waits for the end. */
  signal(name: NodeJS.Signals): Promise<CommandRun> {
    this.child.kill(name);
    return this.ended();
  }
}

/** Starts the built `coord` as its users do: a process of its own, standard output a pipe. */
export async function startCoord(where: Surroundings, args: readonly string[]): Promise<RunningCoord> {
  await build();
  return new RunningCoord(spawn(process.execPath, [COORD, ...args], { cwd: where.folder, env: environmentIn(where), stdio: 'pipe' }));
}

/** Runs it to its end. */
export async function coord(where: Surroundings, args: readonly string[], input = ''): Promise<CommandRun> {
  const running = await startCoord(where, args);
  running.child.stdin.end(input);
  return running.ended();
}
