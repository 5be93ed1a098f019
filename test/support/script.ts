import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { build, ROOT } from './build';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs one of the built scripts of `apps/api/src/operations` to its end, with these settings in place of ours. */
export async function runScript(name: string, args: readonly string[], settings: Record<string, string>): Promise<Ended> {
  await build();
  const { DATABASE_URL: _, EVENTSTORE_URL: __, COORD_DATA_DIR: ___, ...env } = process.env;
  const script = `dist/apps/api/src/operations/${name}.cli.js`;
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env: { ...env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
