import { randomBytes } from 'node:crypto';
import { lstatSync, lutimesSync, readFileSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A lock between processes that whoever dies gives back. Node has no `flock`; so it is a symbolic link that points to its holder's name, made in
 * one step and never without its content. Only one process may take away the link of a dead one: whoever made a link with the dead one's
 * name in its own name (docs/decisions/0022).
 */
export class FileLock {
  /**
   * @param silenceMs how long a holder that can't be looked at (in another container, on another machine, on a system without `/proc`) may give no sign
   * of life before its lock counts as left behind
   */
  constructor(
    private readonly path: string,
    private readonly silenceMs: number,
  ) {}

  /** Runs `work` alone. @throws Error when a living process holds the lock for `patienceMs`. */
  async hold<Result>(work: () => Result | Promise<Result>, patienceMs: number): Promise<Result> {
    for (const deadline = Date.now() + patienceMs; !this.take(); await pause(1 + Math.random() * 3)) {
      if (Date.now() > deadline)
        throw new Error(`${this.path} is held by ${holderAt(this.path) ?? 'another process'}: end that process, or try again.`);
    }
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  /** Takes the lock if it is free, or its holder dead. */
  take(): boolean {
    return create(this.path) || (clear(this.path, this.silenceMs) && create(this.path));
  }

  /** A sign of life, for work that lasts. */
  touch(): void {
    const now = new Date();
    if (this.held) lutimesSync(this.path, now, now);
  }

  /** Whether it is still ours: somebody who could not see that we live may have taken it. */
  get held(): boolean {
    return holderAt(this.path) === SELF.name;
  }

  release(): void {
    if (this.held) remove(this.path);
  }
}

/** Who a process is, as the name of a link's target: a number is given to other processes later, and means nothing in another container. */
interface Identity {
  name: string;
  place: string;
  pid: number;
  started: string | null;
}

const nameOf = (place: string, pid: number, started: string | null): string => [place, pid, started ?? '', randomBytes(6).toString('hex')].join('+');

const SELF: Identity = (() => {
  const place = `${hostname()}${orNull(() => readlinkSync('/proc/self/ns/pid')) ?? ''}`.replace(/[^\w.-]/g, '_');
  const started = startOf(process.pid)?.started ?? null;
  return { name: nameOf(place, process.pid, started), place, pid: process.pid, started };
})();

function identityOf(name: string): Identity {
  const [place = '', pid, started] = name.split('+');
  return { name, place, pid: Number(pid), started: started || null };
}

/** Takes away the link at `path` if its holder is dead. Whether it is gone. */
function clear(path: string, silenceMs: number): boolean {
  const dead = holderAt(path);
  if (dead === null) return true;
  if (!isDead(identityOf(dead), path, silenceMs)) return false;
  // Whoever is about to do the same holds this; should it have died over it, that is cleared in the same way.
  const right = `${path}.${dead.split('+').at(-1)}`;
  if (!create(right)) return clear(right, silenceMs) && false;
  try {
    // Another may have cleared it, and a third taken the lock, before we had the right to.
    if (holderAt(path) === dead) remove(path);
  } finally {
    remove(right);
  }
  return true;
}

function isDead(holder: Identity, path: string, silenceMs: number): boolean {
  if (holder.name === SELF.name) return false;
  if (holder.place === SELF.place) {
    if (!isAlive(holder.pid)) return true;
    const now = startOf(holder.pid);
    // A zombie is only waited for by its parent.
    if (now !== null && holder.started !== null) return now.started !== holder.started || now.state === 'Z' || now.state === 'X';
  }
  const since = orNull(() => lstatSync(path).mtimeMs);
  return since !== null && Date.now() - since > silenceMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** proc(5): the third and the 22nd field; what stands before may hold blanks and brackets. */
function startOf(pid: number): { state: string; started: string } | null {
  const fields = orNull(() => readFileSync(`/proc/${pid}/stat`, 'latin1'))
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields?.[0] && fields[19] ? { state: fields[0], started: fields[19] } : null;
}

function create(path: string): boolean {
  try {
    symlinkSync(SELF.name, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** The name at `path`; `null`: there is none. */
const holderAt = (path: string): string | null => orNull(() => readlinkSync(path));

function orNull<Result>(look: () => Result): Result | null {
  try {
    return look();
  } catch {
    return null;
  }
}
