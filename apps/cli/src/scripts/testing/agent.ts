import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { environmentIn, type Surroundings } from '../../../../../test/support/coord-command';

export interface ShellRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What an agent is to the scripts: a process that lives on, and starts a new shell for each command. */
const AGENT = `
const { spawn } = require('node:child_process');
process.on('message', (command) => {
  const shell = spawn('sh', ['-c', command]);
  const run = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) shell[name].setEncoding('utf8').on('data', (text) => { run[name] += text; });
  shell.on('close', (code) => process.send({ code, ...run }));
});`;

export class Agent {
  readonly #process: ChildProcess;

  constructor(where: Surroundings) {
    this.#process = spawn(process.execPath, ['-e', AGENT], {
      cwd: where.folder,
      env: environmentIn(where),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** Runs a line of shell to its end. */
  async run(line: string): Promise<ShellRun> {
    const answer = once(this.#process, 'message');
    this.#process.send(line);
    const [run] = (await answer) as [ShellRun];
    return run;
  }

  /** What a line printed; it has to succeed. */
  async prints(line: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(line);
    if (code !== 0) throw new Error(`${line} ended with ${code}: ${stdout}${stderr}`);
    return stdout;
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
