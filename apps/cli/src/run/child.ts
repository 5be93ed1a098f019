import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { isatty } from 'node:tty';

/** As a shell says it: 126 what can't be run, 127 what is not there. */
const [NOT_RUNNABLE, NOT_FOUND] = [126, 127];
const LOOK_MS = 50;

/** A command that runs with the input and output of this process. */
export class Child {
  readonly #process: ChildProcess;
  /** On a terminal it stays in the terminal's foreground, where keys reach it; elsewhere it leads a group of its own, so that its children end with it. */
  readonly onTerminal = [0, 1, 2].some(isatty);
  /** Its exit code, 128 + n when signal n ended it. */
  readonly ended: Promise<number>;

  constructor([command = '', ...args]: readonly string[], env: Record<string, string>) {
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

  signal(name: NodeJS.Signals | 0): boolean {
    const { pid } = this.#process;
    if (pid === undefined) return false;
    try {
      return process.kill(this.onTerminal ? pid : -pid, name);
    } catch {
      return false; // it has ended
    }
  }

  /** Ends it, and what it has started: SIGTERM, and SIGKILL for what is there after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.signal('SIGTERM');
    for (const end = Date.now() + graceMs; this.#alive && Date.now() < end; ) await pause(LOOK_MS);
    this.signal('SIGKILL');
    await this.ended;
  }

  get #alive(): boolean {
    const { exitCode, signalCode } = this.#process;
    return this.onTerminal ? exitCode === null && signalCode === null : this.signal(0);
  }
}
