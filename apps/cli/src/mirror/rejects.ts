import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { freePath, moveInto, replaceFile, textOf } from './durable-files';

/** Something that the mirror could not take, and where it lies now with `<name>.reason.txt` beside it. */
export interface SetAside {
  path: string;
  reason: string;
}

/** The folder `rejected/` of `.coordination` or `.progress`: nothing that somebody wrote is thrown away. */
export class Rejects {
  readonly folder: string;

  constructor(
    parent: string,
    private readonly report: (aside: SetAside) => void,
  ) {
    this.folder = join(parent, 'rejected');
  }

  /** Moves a file there. The reason is written first: a kill in between leaves a file that is set aside again, never one without a reason. */
  file(path: string, reason: string): void {
    const target = freePath(this.folder, basename(path));
    this.#explain(target, reason);
    const moved = moveInto(this.folder, path);
    if (moved) this.report({ path: moved, reason });
  }

  /** Keeps a part of a file, or a version of it; the same text once, however often it comes. */
  text(name: string, text: string, reason: string): void {
    const [, stem = name, ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
    const path = join(this.folder, `${stem}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}${ending}`);
    this.#explain(path, reason);
    if (textOf(path) === text) return;
    replaceFile(path, text);
    this.report({ path, reason });
  }

  #explain(path: string, reason: string): void {
    const explanation = `${reason}\n`;
    if (textOf(`${path}.reason.txt`) !== explanation) replaceFile(`${path}.reason.txt`, explanation);
  }
}
