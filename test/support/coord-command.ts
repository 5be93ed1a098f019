import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Json } from './api';
import { build, ROOT } from './build';

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

/** Runs the built `coord` as its users do: a process of its own, standard output a pipe. */
export async function coord(where: Surroundings, args: readonly string[], input = ''): Promise<CommandRun> {
  await build();
  const child = spawn(process.execPath, [COORD, ...args], { cwd: where.folder, env: environmentIn(where), stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  child.stdin.on('error', () => undefined); // who does not read its input may end before it is written
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return {
    code,
    stdout,
    stderr,
    get data(): Json {
      return (JSON.parse(stdout) as { data: Json }).data;
    },
  };
}
