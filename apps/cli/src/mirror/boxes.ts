import { lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unlessGone } from './durable-files';
import { type JsonObject, objectIn } from './json-values';

export type Box = 'inbox' | 'outbox' | 'archive';

/** A file in one of the boxes; `value` is null where it is no JSON object. */
export interface BoxFile {
  path: string;
  box: Box;
  value: JsonObject | null;
  empty: boolean;
  /** It may not be read. */
  forbidden: boolean;
}

/** The files `*.json` of inbox, outbox and archive. What has not changed is not read again. */
export class Boxes {
  readonly #read = new Map<string, { as: string; file: BoxFile }>();

  constructor(readonly root: string) {
    for (const box of ['inbox', 'outbox', 'archive'] as const) mkdirSync(this.folder(box), { recursive: true });
  }

  folder(box: Box): string {
    return join(this.root, box);
  }

  /** The folders that hold messages now. */
  folders(): string[] {
    const archive = this.folder('archive');
    const days = unlessGone(() => readdirSync(archive, { withFileTypes: true })) ?? [];
    const below = days.filter((day) => day.isDirectory() && !day.name.startsWith('.')).map(({ name }) => join(archive, name));
    return [this.folder('inbox'), this.folder('outbox'), archive, ...below.sort()];
  }

  /** Archive last: what is moved there meanwhile is seen at least once, never nowhere. */
  scan(): BoxFile[] {
    const files = [...this.#in('inbox', this.folder('inbox')), ...this.#in('outbox', this.folder('outbox'))];
    for (const folder of this.folders().slice(2)) files.push(...this.#in('archive', folder));
    const paths = new Set(files.map(({ path }) => path));
    for (const path of this.#read.keys()) if (!paths.has(path)) this.#read.delete(path);
    return files;
  }

  #in(box: Box, folder: string): BoxFile[] {
    const names = unlessGone(() => readdirSync(folder)) ?? [];
    return names
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort()
      .flatMap((name) => unlessGone(() => this.#file(box, join(folder, name))) ?? []);
  }

  #file(box: Box, path: string): BoxFile[] {
    const stat = lstatSync(path); // a link is no message: it may lead anywhere, or nowhere
    if (!stat.isFile()) return [];
    const { ino, size, mtimeMs, ctimeMs } = stat;
    const as = `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
    const known = this.#read.get(path);
    if (known?.as === as) return [known.file];
    const text = readable(path);
    const file = { path, box, value: objectIn(text ?? ''), empty: text?.trim() === '', forbidden: text === null };
    this.#read.set(path, { as, file });
    return [file];
  }
}

/** Null: reading it is forbidden. */
function readable(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
