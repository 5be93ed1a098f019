import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { replaceWhole } from '../whole-file';
import { anchorOf } from './anchor';
import { ancestry } from './processes';

/** A session is remembered for so long; whoever is at work says so more often. */
const REMEMBERED_MS = 7 * 24 * 3_600_000;

/**
 * Which session the scripts of a folder act as, between one call and the next: a file for each agent and each terminal that began one, so
 * that several in one checkout are kept apart. The files lie in `.coord-sessions`, which git is told to ignore.
 */
export class RememberedSessions {
  readonly #folder: string;
  #anchor: string | null | undefined;

  constructor(folder: string) {
    this.#folder = join(folder, '.coord-sessions');
  }

  /** The session that this agent or terminal began last; null when it has begun none. */
  own(): string | null {
    const anchor = this.#anchorName();
    return anchor === null ? null : this.#read(`${anchor}.json`);
  }

  /** Whether an agent or a terminal calls that can be told apart from all others. */
  get hasAnchor(): boolean {
    return this.#anchorName() !== null;
  }

  /** All that are remembered. */
  all(): string[] {
    const names = this.#files().flatMap((file) => this.#read(file) ?? []);
    return [...new Set(names)];
  }

  /** Remembers that this agent or terminal began `session_id`. */
  put(session_id: string): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, '.gitignore'), '*\n');
    for (const file of this.#files()) if (this.#ageMs(file) > REMEMBERED_MS) rmSync(join(this.#folder, file), { force: true });
    const name = this.#anchorName() ?? `alone-${session_id.replace(/[^\w-]/g, '_').slice(0, 100)}`;
    replaceWhole(join(this.#folder, `${name}.json`), `${JSON.stringify({ session_id })}\n`);
  }

  #anchorName(): string | null {
    if (this.#anchor === undefined) {
      const anchor = anchorOf(ancestry(process.ppid));
      this.#anchor = anchor && `${hostname()}-${anchor.pid}-${anchor.started}`.replace(/[^\w-]/g, '_');
    }
    return this.#anchor;
  }

  #files(): string[] {
    try {
      return readdirSync(this.#folder).filter((file) => file.endsWith('.json'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  #read(file: string): string | null {
    try {
      const { session_id } = JSON.parse(readFileSync(join(this.#folder, file), 'utf8')) as { session_id?: unknown };
      return typeof session_id === 'string' ? session_id : null;
    } catch {
      return null; // not there, or not ours: nobody is remembered by it
    }
  }

  #ageMs(file: string): number {
    return Date.now() - (statSync(join(this.#folder, file), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  }
}
