import { closeSync, copyFileSync, fstatSync, openSync, readSync, statSync, truncateSync } from 'node:fs';
import { EmbeddedServerError, systemCode } from './errors';

/** Two files of this size at most: the present one and `.1`. */
const LARGEST = 4 * 1024 * 1024;
const ROTATION_CHECK_MS = 60_000;

/**
 * The file that Postgres writes its messages to, by itself: an orphan goes on doing so, and a busy engine doesn't hold it up.
 * Opened to append, so that it may be cut while it is written.
 */
export class ServerLog {
  private readonly timer = setInterval(() => this.rotate(), ROTATION_CHECK_MS).unref();

  constructor(private readonly path: string) {
    this.rotate();
  }

  /** Runs `use` with the file open to append. */
  withFile<T>(use: (descriptor: number) => T): T {
    const descriptor = openSync(this.path, 'a', 0o600);
    try {
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Length in bytes: what is written after now begins there. */
  length(): number {
    return this.withFile((descriptor) => fstatSync(descriptor).size);
  }

  /** What was written from this byte on, at most 64 KiB of it. */
  readFrom(start: number): string {
    const descriptor = openSync(this.path, 'r');
    try {
      const buffer = Buffer.alloc(65_536);
      return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, start));
    } finally {
      closeSync(descriptor);
    }
  }

  close(): void {
    clearInterval(this.timer);
  }

  private rotate(): void {
    try {
      if (statSync(this.path).size <= LARGEST) return;
      copyFileSync(this.path, `${this.path}.1`);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return;
      // On a full disk there is no second file: the messages are worth less than the space.
      if (systemCode(error) !== 'ENOSPC') throw new EmbeddedServerError(`The log ${this.path} can't be rotated (${error}): make it writable.`);
    }
    truncateSync(this.path);
  }
}
