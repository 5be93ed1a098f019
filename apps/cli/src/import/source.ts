import type { Reason } from './entry';
import { Fields } from './fields';
import type { SessionNames } from './names';
import { momentOf } from './times';
import { bareName, type FoundFile } from './tree';

/** A record cannot be taken, whatever the engine says. */
export class NotTaken extends Error {
  constructor(
    readonly reason: Reason,
    readonly detail?: string,
  ) {
    super(reason);
  }
}

/** A record where it was found, with what its surroundings say of it. */
export class Source {
  readonly notes: string[];

  constructor(
    readonly found: FoundFile,
    readonly fields: Fields,
    /** Which of several records of the file, from 1 on; null where there is one. */
    readonly record: number | null,
    private readonly mtimeMs: number,
    notes: readonly string[],
  ) {
    this.notes = [...notes];
  }

  /** The file's name without its ending. */
  get bareName(): string {
    return bareName(this.found.file);
  }

  /** The moment (ms) that the first of these fields holds; null where none can be read, which is noted. */
  moment(...names: string[]): number | null {
    const value = this.fields.value(...names);
    if (value === undefined) return null;
    const moment = momentOf(value);
    if (moment === null) this.notes.push(`time not understood: ${JSON.stringify(value)?.slice(0, 60)}`);
    return moment;
  }

  /** When the record came about: by its fields, by the seconds in the file's name, at last by the file's own time. */
  written(...names: string[]): number {
    const said = this.moment(...names);
    if (said !== null) return said;
    const inName = momentOf([...this.bareName.matchAll(/\d{10,13}/g)].at(-1)?.[0]);
    this.notes.push(inName === null ? "no time in it: the file's own was taken" : "no time in it: that of the file's name was taken");
    return inName ?? this.mtimeMs;
  }

  /** The session that `text` means. @throws NotTaken for what can be none. */
  session(names: SessionNames, text: string): string {
    const name = names.meant(text);
    if (name === null) throw new NotTaken('bad-name', `${JSON.stringify(text).slice(0, 80)} can be no session`);
    return name;
  }
}
