import { EngineAway } from '@coord/client/index';
import { Doorbell } from './doorbell';
import { followEngine } from './engine-events';
import type { Mirror } from './mirror';
import { isBusy } from './refusals';
import { didSomething, type Report } from './report';
import { MOMENT_MS } from './settling';
import { WatchedFolders } from './watched-folders';

export interface Following {
  url: string;
  project_key: string;
  /** How often the folder is looked through, in ms, beside what the system tells of it. */
  intervalMs: number;
  signal: AbortSignal;
  /** What a pass did, when it did anything. */
  onReport: (report: Report) => void;
  /** `null`: the engine is back. */
  onAway: (why: string | null) => void;
}

/** Keeps folder and engine in step until `signal`. While the engine is away the files wait; nothing else remembers what is to be told. */
export async function follow(mirror: Mirror, { url, project_key, intervalMs, signal, onReport, onAway }: Following): Promise<void> {
  const bell = new Doorbell();
  const ring = (): void => bell.ring();
  const watched = new WatchedFolders(ring);
  const replaced = (): void => {
    mirror.forget();
    ring();
  };
  const end = new AbortController();
  const engine = followEngine({ url, project_key, ring, replaced, signal: AbortSignal.any([signal, end.signal]) });
  try {
    await passes();
  } finally {
    end.abort();
    watched.close();
    await engine;
  }

  async function passes(): Promise<void> {
    let away = false;
    while (!signal.aborted) {
      let again = false;
      watched.set(mirror.folders());
      try {
        const pass = await mirror.pass();
        again = pass.again;
        if (away) onAway(null);
        away = false;
        if (didSomething(pass.report)) onReport(pass.report);
      } catch (error) {
        if (!(error instanceof EngineAway) && !isBusy(error)) throw error;
        if (!away) onAway((error as Error).message);
        away = true;
      }
      await bell.wait(again ? Math.min(MOMENT_MS, intervalMs) : intervalMs, signal);
    }
  }
}
