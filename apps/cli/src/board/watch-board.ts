import { CoordProblem, EngineAway, eventStream } from '@coord/client/index';

export interface Watched {
  url: string;
  project_key: string;
  /** Writes the board. */
  write: () => Promise<void>;
  /** Something that a person should know. */
  note: (text: string) => void;
  signal: AbortSignal;
}

/** Events that come together are one change of the board. */
const SETTLE_MS = 250;
/** Without the stream of events the board is looked at this often. */
const POLL_MS = 5_000;
/** That a session has fallen silent is no event. */
const REFRESH_MS = 60_000;

/** Writes the board whenever something happens, until `signal` says so; while the stream of events is away, every few seconds. */
export async function watchBoard({ url, project_key, write, note, signal }: Watched): Promise<void> {
  const writer = new Writer(write, note);
  const refresh = setInterval(() => writer.soon(0), REFRESH_MS);
  try {
    for (let told = false; !signal.aborted; ) {
      try {
        const onOpen = (): void => {
          if (told) note('The stream of events is back.');
          told = false;
          writer.soon(0);
        };
        for await (const _ of eventStream({ url, query: { project_key }, signal, onOpen })) writer.soon(SETTLE_MS);
      } catch (error) {
        if (!(error instanceof EngineAway || error instanceof CoordProblem)) throw error;
        if (!told) note(`${error.message} Looking every ${POLL_MS / 1_000} s until the stream of events is back.`);
        told = true;
        writer.soon(0);
      }
      await pause(POLL_MS, signal);
    }
  } finally {
    clearInterval(refresh);
    await writer.end();
  }
}

/** One writing at a time; what happens meanwhile makes one more. */
class Writer {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly write: () => Promise<void>,
    private readonly note: (text: string) => void,
  ) {}

  soon(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#running = this.#running.then(this.write).catch((error: Error) => this.note(error.message));
    }, ms);
  }

  async end(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
