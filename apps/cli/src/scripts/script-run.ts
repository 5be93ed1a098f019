import { basename, dirname, join } from 'node:path';
import type { CoordClient } from '@coord/client/index';
import type { Context } from '../context';
import { Failure } from '../failure';
import { plainText } from '../output/plain-text';
import { SCRIPTS, type Script, type ScriptName } from './names';
import { projectOf } from './project-of';
import { RememberedSessions } from './remembered';

/** One call of a script: its arguments, the folder that it belongs to, and who calls. */
export class ScriptRun {
  /** The COORDINATION folder. */
  readonly folder: string;
  readonly project_key: string;
  readonly remembered: RememberedSessions;

  /** @param scripts the folder that the script lies in */
  constructor(
    readonly name: ScriptName,
    readonly args: readonly string[],
    scripts: string,
    readonly context: Context,
  ) {
    this.folder = ScriptRun.folderOf(scripts);
    this.project_key = projectOf(context.settings, this.folder);
    this.remembered = new RememberedSessions(this.folder);
  }

  /** The COORDINATION folder of scripts that lie in `scripts`. */
  static folderOf(scripts: string): string {
    return basename(scripts) === 'scripts' ? dirname(scripts) : scripts;
  }

  get api(): CoordClient {
    return this.context.api;
  }

  /** The session that the surroundings name: `--session`, `COORD_SESSION_ID`, `SESSION_ID`. */
  get given(): string | null {
    const { COORD_SESSION_ID, COORD_SESSION, SESSION_ID } = process.env;
    return this.context.flags.session ?? (COORD_SESSION_ID || COORD_SESSION || SESSION_ID || null);
  }

  /** The session that calls; null when nobody can say. */
  get caller(): string | null {
    const own = this.given ?? this.remembered.own();
    // An agent or a terminal that can be told apart, and began no session, is none of the others.
    if (own !== null || this.remembered.hasAnchor) return own;
    const [only, ...others] = this.remembered.all();
    return only !== undefined && others.length === 0 ? only : null;
  }

  /** The session that calls. @throws Failure when nobody can say. */
  get session(): string {
    const { caller } = this;
    if (caller === null) throw new Failure('No session here: run session-start.sh first, or set COORD_SESSION_ID to the session that you are.');
    return caller;
  }

  /** An argument that has to be there. @throws Failure with the usage. */
  required(index: number): string {
    const value = this.args[index]?.trim();
    if (value) return value;
    const { usage }: Script = SCRIPTS[this.name];
    throw new Failure(`Usage: ${this.name}.sh ${usage}`);
  }

  optional(index: number): string | null {
    return this.args[index]?.trim() || null;
  }

  /** A line for whoever called. */
  say(text: string): void {
    process.stdout.write(`${plainText(text)}\n`);
  }

  /** A line beside it. */
  note(text: string): void {
    process.stderr.write(`${plainText(text)}\n`);
  }

  get boardFile(): string {
    return join(this.folder, 'STATUS_BOARD.md');
  }

  /** The board follows; what it takes to write it is not what the script was called for. */
  async updateBoard(): Promise<void> {
    const { writeBoard } = require('../board/write-board') as typeof import('../board/write-board');
    try {
      await writeBoard(this.api, this.project_key, this.boardFile);
    } catch (error) {
      this.note(`⚠️ ${this.boardFile} was not written: ${(error as Error).message}`);
    }
  }
}
