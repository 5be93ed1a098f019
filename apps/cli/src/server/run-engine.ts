import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../version';

/** What the process is told, the engine is told. Ctrl-C on a terminal reaches both: then the engine hears it twice, which it takes as once. */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the engine of this package in a process of its own, as `npm start` does, and takes over its exit code.
 * @param settings what its environment says beside ours
 */
export async function runEngine(settings: Record<string, string>): Promise<void> {
  const [, ...command] = startCommand();
  const folder = packageFolder();
  const words = command.map((word) => (word.startsWith('dist/') ? join(folder, word) : word));
  const engine = spawn(process.execPath, words, { stdio: 'inherit', env: { ...process.env, ...settings } });
  const pass = PASSED_ON.map((name) => [name, () => engine.kill(name === 'SIGHUP' ? 'SIGTERM' : name)] as const);
  for (const [name, listener] of pass) process.on(name, listener);
  process.exitCode = await new Promise<number>((resolve, reject) => {
    engine.once('error', reject);
    engine.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
  for (const [name, listener] of pass) process.removeListener(name, listener);
}

/** The words of the package's `start` script: Node, its options, the engine. */
function startCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ');
}
