import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { descendants } from './descendants';

/** As a shell says it: 126 what can't be run, 127 what is not there. */
const [NOT_RUNNABLE, NOT_FOUND] = [126, 127];
const LOOK_MS = 50;

/** A command that runs with the input and output of this process. */
export class Child {
  readonly #process: ChildProcess;
  /** Its exit code, 128 + n when signal n ended it. */
  readonly ended: Promise<number>;

  /**
   * @param onTerminal then it stays in the terminal's foreground, where keys reach it; elsewhere it leads a group of its own, so that its children
   * end with it
   */
  constructor(
    [command = '', ...args]: readonly string[],
    env: Record<string, string>,
    readonly onTerminal = [0, 1, 2].some(isatty),
  ) {
    this.#process = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'inherit', detached: !this.onTerminal });
    this.ended = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
      this.#process.once('error', (error: NodeJS.ErrnoException) => {
        if (this.#process.pid !== undefined) return; // a signal that did not arrive
        process.stderr.write(`coord: ${command} can't be run: ${error.message}\n`);
        resolve(error.code === 'ENOENT' ? NOT_FOUND : NOT_RUNNABLE);
      });
    });
  }

  signal(name: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid !== undefined) send(this.onTerminal ? pid : -pid, name);
  }

  /** Ends it, and what it has started: SIGTERM, and SIGKILL for what is there after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    const { pid } = this.#process;
    // On a terminal they are in the group of this process, too. Looked for while it lives: afterwards nobody knows whose they are.
    const all = pid === undefined ? [] : this.onTerminal ? [pid, ...descendants(pid)] : [-pid];
    for (const one of all) send(one, 'SIGTERM');
    for (const end = Date.now() + graceMs; all.some((one) => this.#isThere(one)) && Date.now() < end; ) await pause(LOOK_MS);
    for (const one of all) if (this.#isThere(one)) send(one, 'SIGKILL');
    await this.ended;
  }

  /** The number of the command itself may be another's once it has ended. */
  #isThere(pid: number): boolean {
    const { exitCode, signalCode } = this.#process;
    return pid === this.#process.pid ? exitCode === null && signalCode === null : send(pid, 0);
  }
}

/** @returns whether there is one to take it */
function send(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false; // it has ended
  }
}
