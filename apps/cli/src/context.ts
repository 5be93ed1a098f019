import { type CoordClient, createClient, type QueueOptions } from '@coord/client/index';
import { EXIT, Failure } from './failure';
import { isJson } from './output/format';
import { Output } from './output/output';
import { type GlobalFlags, readSettings, type Settings } from './settings/settings';
import { noteDrained } from './sync/notes';

export interface Flags extends GlobalFlags {
  json?: boolean;
  text?: boolean;
}

/** What a command works with; each part is made when it is first asked for. */
export class Context {
  #settings: Settings | null = null;
  #client: CoordClient | null = null;
  readonly output: Output;

  constructor(readonly flags: Flags) {
    this.output = new Output(isJson(flags) ? 'json' : 'text');
  }

  get settings(): Settings {
    this.#settings ??= readSettings(this.flags);
    return this.#settings;
  }

  /** Where writes wait while the engine is away, and who is told what became of them. */
  get queue(): QueueOptions {
    return { onDrained: (report, file) => noteDrained(this.output, report, file) };
  }

  /** The engine, as the settings name it. Writes that it does not answer are queued, and end the command with exit code 75. */
  get api(): CoordClient {
    this.#client ??= createClient({ url: this.settings.url, queue: this.queue });
    return this.#client;
  }

  /** The engine for a call that it may hold for `waitMs`. */
  waitingApi(waitMs: number): CoordClient {
    return createClient({ url: this.settings.url, deadlineMs: waitMs + 10_000, queue: this.queue });
  }

  /** The project that is meant. @throws Failure when nothing names one. */
  get project(): string {
    const { project_key } = this.settings;
    if (project_key === null)
      throw new Failure('No project is named: give --project KEY, set COORD_PROJECT, or write {"project_key": "…"} to .coord.json.', EXIT.usage);
    return project_key;
  }
}
