import { closeSync, constants, copyFileSync, fchownSync, fstatSync, ftruncateSync, openSync, readSync, rmSync } from 'node:fs';
import type { ServerUser } from './server-user';

/** Two files of this size at most: the present one and `.1`. */
const LARGEST = 4 * 1024 * 1024;
const ROTATION_CHECK_MS = 60_000;
/** Root may write this file in a folder of another user, who must not be able to lead it elsewhere by a link. */
const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/**
 * The file that Postgres writes its messages to, by itself: an orphan goes on doing so, and a busy engine doesn't hold it up.
 * Opened to append, so that it may be cut while it is written.
 */
export class ServerLog {
  private readonly timer = setInterval(() => this.rotate(), ROTATION_CHECK_MS).unref();

  constructor(
    private readonly path: string,
    private readonly user: ServerUser | undefined,
    private readonly report: (line: string) => void,
  ) {
    this.rotate();
  }

  /** Runs `use` with the file open to read and append. */
  withFile<T>(use: (descriptor: number) => T): T {
    const descriptor = openSync(this.path, APPEND, 0o600);
    try {
      if (this.user !== undefined) fchownSync(descriptor, this.user.uid, this.user.gid);
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
    const buffer = Buffer.alloc(65_536);
    return this.withFile((descriptor) => buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, start)));
  }

  close(): void {
    clearInterval(this.timer);
  }

  private rotate(): void {
    this.withFile((descriptor) => {
      if (fstatSync(descriptor).size <= LARGEST) return;
      this.keepAside();
      ftruncateSync(descriptor);
    });
  }

  /** On a full disk there may be no second file; the old messages are worth less than a bound to the first. */
  private keepAside(): void {
    try {
      rmSync(`${this.path}.1`, { force: true });
      copyFileSync(this.path, `${this.path}.1`, constants.COPYFILE_EXCL);
    } catch (error) {
      this.report(`the old messages of Postgres were dropped, since they could not be kept in ${this.path}.1 (${error})`);
    }
  }
}
