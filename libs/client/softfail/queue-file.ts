import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { appendLine, replaceFile, writeLine } from './durable-file';
import { FileLock } from './file-lock';
import { type Entry, linesOf, parseLine, type QueuedLine, withKeys } from './line';
import { keepOutOfGit } from './where';

/** The file's lock is held for a few ms at a time; a whole queue rewritten on a slow disk takes longer. */
const PATIENCE_MS = 10_000;
const SILENCE_MS = 5_000;

/**
 * The file in which writes wait: lines are added at its end and leave it from anywhere. Our processes do either under a lock; an old client adds
 * lines without, which is why a rewritten file takes over what was added to the one before it (docs/decisions/0022).
 */
export class QueueFile {
  readonly #lock: FileLock;

  constructor(readonly path: string) {
    this.#lock = new FileLock(`${path.replace(/\.jsonl$/, '')}.lock`, SILENCE_MS);
  }

  /** A file beside this one: `coord-queue.<word>`. */
  beside(word: string): string {
    return `${this.path.replace(/\.jsonl$/, '')}.${word}`;
  }

  /** Whether there is anything in it. One `stat`. */
  get waits(): boolean {
    return (statSync(this.path, { throwIfNoEntry: false })?.size ?? 0) > 0;
  }

  /** Adds a line at the end; it is on the disk when this resolves. @throws Error when it is not, and then none of it is in the file. */
  async append(line: QueuedLine): Promise<void> {
    if (!statSync(this.path, { throwIfNoEntry: false })) {
      mkdirSync(dirname(this.path), { recursive: true });
      ignoreInGit(this.path);
    }
    const settle = await this.#lock.hold(() => writeLine(this.path, JSON.stringify(line)), PATIENCE_MS);
    settle();
  }

  /** What waits, in order, as it stands. */
  read(): Entry[] {
    const fd = openIfThere(this.path);
    if (fd === null) return [];
    try {
      return linesOf(readFileSync(fd, 'utf8')).map(parseLine);
    } finally {
      closeSync(fd);
    }
  }

  /** What waits, in order, each line with a key, in the file as in the answer. */
  readWithKeys(): Promise<Entry[]> {
    return this.#lock.hold(() => {
      let keyed: Entry[] = [];
      rewrite(this.path, (lines) => {
        keyed = withKeys(lines.map(parseLine));
        return keyed.length > 0 && keyed.every(({ raw }, place) => raw === lines[place]) ? null : keyed.map(({ raw }) => raw);
      });
      return keyed;
    }, PATIENCE_MS);
  }

  /** Takes these lines out; of lines that are the same, as many as are named. */
  async remove(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.#lock.hold(() => {
      const gone = new Map<string, number>();
      for (const { raw } of entries) gone.set(raw, (gone.get(raw) ?? 0) + 1);
      rewrite(this.path, (lines) =>
        lines.filter((raw) => {
          const left = gone.get(raw) ?? 0;
          gone.set(raw, left - 1);
          return left <= 0;
        }),
      );
    }, PATIENCE_MS);
  }
}

/**
 * Puts other lines in the place of the file's, in one step; without lines it goes away, as after the loop of reference 001.
 * @param change the lines as they should be; `null`: as they are
 */
function rewrite(path: string, change: (lines: string[]) => string[] | null): void {
  const fd = openIfThere(path);
  if (fd === null) return;
  try {
    const lines = change(linesOf(readFileSync(fd, 'utf8')));
    if (lines === null) return;
    if (lines.length === 0) rmSync(path, { force: true });
    else replaceFile(path, `${lines.join('\n')}\n`);
    // What an old client has added without the lock since it was read: the descriptor goes on where it was.
    for (const line of linesOf(readFileSync(fd, 'utf8'))) appendLine(path, line);
  } finally {
    closeSync(fd);
  }
}

/** A queue that shows in `git status` is better than none. */
function ignoreInGit(path: string): void {
  try {
    keepOutOfGit(path);
  } catch (error) {
    process.emitWarning(`${path} could not be put on git's list of ignored files: ${error}`);
  }
}

/** An old client may take the file away at any time. */
function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
