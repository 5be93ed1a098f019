import { pino } from 'pino';

const FLUSH_EVERY_MS = 250;
/** In characters. */
const FLUSH_AT = 16_384;

/**
 * Standard output for log lines, in larger pieces. pino's own gathering (`minLength`) measures all that it holds for each new
 * line, which cost more than the rest of the logging (sonic-boom 4).
 */
export class GatheredLines {
  readonly #output = pino.destination({ fd: 1, sync: false, maxWrite: 8 * FLUSH_AT });
  #lines: string[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    // `once`, for each log there is; what is held then goes out before the process ends
    process.once('exit', () => {
      this.#flush();
      this.#output.flushSync();
    });
  }

  write(line: string): void {
    this.#lines.push(line);
    this.#size += line.length;
    if (this.#size >= FLUSH_AT) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), FLUSH_EVERY_MS).unref();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0) return;
    const piece = this.#lines.join('');
    this.#lines = [];
    this.#size = 0;
    this.#output.write(piece);
  }
}
