import { setTimeout as pause } from 'node:timers/promises';
import { CoordProblem, EngineAway, eventStream } from '@coord/client/index';

const COME_BACK_MS = 1_000;

export interface EngineEvents {
  url: string;
  project_key: string;
  /** Something was said of a message or a task, or the connection is a new one. */
  ring: () => void;
  /** The engine does not know the position that this one has seen: it is another. */
  replaced: () => void;
  signal: AbortSignal;
}

/** Follows the events of a project until `signal`; after a break it goes on behind the last one that it has seen. */
export async function followEngine({ url, project_key, ring, replaced, signal }: EngineEvents): Promise<void> {
  for (let after: number | undefined; !signal.aborted; ) {
    try {
      for await (const { position, type } of eventStream({ url, query: { project_key }, after, signal, onOpen: ring })) {
        after = position;
        if (/^(Message|Task)/.test(type)) ring();
      }
    } catch (error) {
      if (error instanceof CoordProblem && error.status === 422 && after !== undefined) {
        after = undefined;
        replaced();
      } else if (!(error instanceof EngineAway) && !(error instanceof CoordProblem)) throw error;
      // away or busy: the passes say so when they meet it, and here it is tried again
    }
    await pause(COME_BACK_MS, undefined, { signal }).catch(() => undefined);
  }
}
