import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { appendDurably, placeFile, replaceUnchanged, textOf, unlessGone } from './durable-files';
import { type Piece, type Pieces, piecesOf } from './json-values';
import type { Settling } from './settling';

/** Nobody who has a file open writes to it after so long a silence. */
const FORGOTTEN_AFTER_MS = 86_400_000;

/** `messages.jsonl` as it was read. */
export interface ReadLog extends Pieces {
  text: string | null;
}

/**
 * `messages.jsonl`: a message a line, each once. Others append to it, also objects over several lines and the same again (reference 003:
 * `cat .coordination/inbox/msg-*.json >> .coordination/messages.jsonl`), which the mirror puts in order. Whoever has the file open while
 * that happens writes on into the one before, which therefore stays for a day after the last word in it, and is read as well.
 */
export class MessageLog {
  readonly path: string;
  readonly #before: string;
  readonly #read = new Map<string, { as: string; log: ReadLog }>();

  constructor(
    root: string,
    state: string,
    private readonly settling: Settling,
  ) {
    this.path = join(root, 'messages.jsonl');
    this.#before = join(state, 'messages.jsonl.before');
  }

  read(): ReadLog {
    return this.#readAt(this.path);
  }

  /** What was written to the files that stood there before they were put in order. */
  readBefore(): Piece[] {
    return this.#earlier().flatMap((path) => this.#readAt(path).pieces);
  }

  /** The last one keeps the plain name. */
  #earlier(): string[] {
    const folder = dirname(this.#before);
    const names = unlessGone(() => readdirSync(folder)) ?? [];
    return names.filter((name) => name.startsWith(basename(this.#before))).map((name) => join(folder, name));
  }

  /** Makes room for the next; a rename leaves whoever has the file open where they are. */
  #keepEarlier(): void {
    for (const path of this.#earlier()) {
      const stat = unlessGone(() => statSync(path));
      if (stat && Date.now() - stat.mtimeMs > FORGOTTEN_AFTER_MS) rmSync(path, { force: true });
      else if (stat && path === this.#before) renameSync(path, `${path}-${stat.ino}`);
    }
  }

  /** Whether its end is a line that somebody still writes. */
  beingWritten({ tail }: ReadLog, isOurs: (torn: string) => boolean): boolean {
    return tail !== '' && !isOurs(tail) && !this.settling.settled(this.path);
  }

  /**
   * Brings it to what `kept` says, with `lines` at the end. False: it was written to meanwhile, so that it has to be looked at again.
   * @param log what was read
   */
  write(log: ReadLog, kept: readonly Piece[], lines: readonly string[]): boolean {
    const added = lines.map((line) => `${line}\n`).join('');
    if (log.tail === '' && kept.length === log.pieces.length && kept.every(({ ownLine }) => ownLine)) {
      const text = log.text ?? '';
      if (added === '') return log.text !== null || placeFile(this.path, '');
      appendDurably(this.path, `${text === '' || text.endsWith('\n') ? '' : '\n'}${added}`);
      return true;
    }
    const whole = kept.map(({ ownLine, text, value }) => `${ownLine ? text : JSON.stringify(value)}\n`).join('');
    this.#keepEarlier();
    return replaceUnchanged(this.path, log.text, whole + added, this.#before);
  }

  #readAt(path: string): ReadLog {
    const stat = unlessGone(() => statSync(path));
    const as = stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : '';
    const known = this.#read.get(path);
    if (known?.as === as) return known.log;
    const text = textOf(path);
    const log = { text, ...piecesOf(text ?? '') };
    this.#read.set(path, { as, log });
    return log;
  }
}
