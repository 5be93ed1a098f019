import { setTimeout as pause } from 'node:timers/promises';

/** The engine says something at least every 15 s (protocol); silence of this length is a lost connection. */
const SILENCE_MS = 40_000;
const COME_BACK_MS = 1_000;

export interface EngineEventsOptions {
  url: string;
  project_key: string;
  /** Something was said of a message or a task, or the connection is a new one. */
  ring: () => void;
  /** The engine does not know the position that this one has seen: it is another. */
  replaced: () => void;
  signal: AbortSignal;
}

/** Follows `/events/stream` of a project until `signal`, and comes back with the last id that it has seen. */
export async function followEngine({ url, project_key, ring, replaced, signal }: EngineEventsOptions): Promise<void> {
  const address = `${url}/api/coord/events/stream?${new URLSearchParams({ project_key })}`;
  for (let last: string | null = null; !signal.aborted; ) {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const headers: Record<string, string> = last === null ? {} : { 'last-event-id': last };
      const answer = await fetch(address, { headers, signal: AbortSignal.any([signal, silence.signal]) });
      if (answer.status === 422 && last !== null) {
        last = null;
        replaced();
        continue;
      }
      if (answer.ok && answer.body) {
        ring();
        for await (const block of blocksOf(answer.body)) {
          timer.refresh();
          last = /^id: ?(\d+)/m.exec(block)?.[1] ?? last;
          if (/^data:.*"type":"(Message|Task)/m.test(block)) ring();
        }
      }
    } catch {
      // away, or ended in the middle: the passes say so when they meet it, and here it is tried again
    } finally {
      clearTimeout(timer);
    }
    await pause(COME_BACK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The blocks of a stream of server-sent events. */
async function* blocksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    const blocks = (pending + decoder.decode(chunk, { stream: true })).split('\n\n');
    pending = blocks.pop() ?? '';
    yield* blocks;
  }
}
