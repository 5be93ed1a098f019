import type { RecordedEvent } from '@coord/projection-runner/index';

/** A log in memory, read as a store is read. Its positions begin at 1 and have no gaps. */
export const memoryLog = (events: readonly RecordedEvent[]) => ({
  readAll({ after, limit = 500 }: { after: number; limit?: number }): Promise<{ events: RecordedEvent[]; position: number }> {
    const page = events.slice(after, after + limit);
    return Promise.resolve({ events: page, position: page.at(-1)?.position ?? after });
  },
  readStream: (stream: string, { limit }: { limit: number }): Promise<RecordedEvent[]> =>
    Promise.resolve(events.filter((event) => event.stream === stream).slice(0, limit)),
});
