import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/** Whether standard output is a terminal. `process.stdout` is not asked: that makes a pipe non-blocking, also for a command that we start with it. */
export const onTerminal = (): boolean => isatty(1);

/** Where a command says what it found: text for people on a terminal, JSON for whatever reads a pipe. */
export class Output {
  #colors: Colors | null = null;
  #listens = false;

  constructor(readonly format: 'text' | 'json') {}

  get colors(): Colors {
    this.#colors ??= this.#createColors();
    return this.#colors;
  }

  /** What a command gives: `{"schema_version": 1, "data": …}`, or the text that `render` makes of it. */
  result<Data>(data: Data, render: (data: Data, colors: Colors) => string): void {
    const text = this.format === 'json' ? JSON.stringify({ schema_version: 1, data }) : render(data, this.colors);
    this.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
  }

  /** Writes to standard output as it is. */
  write(text: string): void {
    if (!this.#listens) process.stdout.on('error', endWithReader);
    this.#listens = true;
    process.stdout.write(text);
  }

  /** What a person should know beside the result; never in the way of what reads it, nor of what the command does: where nobody listens any more it is not said. */
  note(text: string): void {
    try {
      writeSync(2, `${text}\n`);
    } catch (error) {
      if (!UNHEARD.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }

  /** On a terminal, unless NO_COLOR is set, or wherever FORCE_COLOR is: not in a file or a pipe by itself, on a build server neither. */
  #createColors(): Colors {
    const picocolors = require('picocolors') as typeof pc;
    return picocolors.createColors(this.format === 'text' && picocolors.isColorSupported && (onTerminal() || Boolean(process.env.FORCE_COLOR)));
  }
}

/** The reader has gone, or there was none, or it does not read. */
const UNHEARD = new Set(['EPIPE', 'EBADF', 'EIO', 'EAGAIN']);

/** Who reads our output may have seen enough (`coord msg watch | head -1`). */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}
