import { setTimeout as pause } from 'node:timers/promises';
import { EngineAway, eventStream, type HistoryEvent } from '@coord/client/index';
import type { Context } from '../context';
import { untilInterrupted } from '../interrupt';
import { reachable } from '../reachable';
import { eventLine } from './event-text';
import { type EventFilter, eventPages } from './events';

const AGAIN_AFTER_MS = 1_000;

/**
 * Prints events as they happen until Ctrl-C, one a line. What happened while the engine could not be reached comes when it is back; nothing comes twice.
 * @param from begin with what came after this moment; without it: with what comes
 */
export function follow(coord: Context, filter: EventFilter, from?: string): Promise<void> {
  const print = (event: HistoryEvent): void => coord.output.result(event, eventLine);
  return untilInterrupted(async (signal) => {
    let last = await position(coord, filter, from, print);
    while (!signal.aborted) {
      const came = await reachable(coord, async () => {
        const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Record<string, string>;
        for await (const event of eventStream({ url: coord.settings.url, query, after: last, signal })) {
          print(event);
          last = event.position;
        }
        return true;
      });
      if (came === null) await pause(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  });
}

/** Where to begin: at the end of the log, or after what `print` was given of the past. */
async function position(
  { api, settings: { url } }: Context,
  filter: EventFilter,
  from: string | undefined,
  print: (event: HistoryEvent) => void,
): Promise<number> {
  const { response } = await api.GET('/api/coord/history', { params: { query: { limit: 1 } } });
  if (!response.ok) throw new EngineAway(url, `answered with ${response.status}`);
  const end = Number(response.headers.get('coord-position') ?? 0);
  if (from !== undefined) for await (const page of eventPages(api, { ...filter, from, to: String(end) })) page.forEach(print);
  return end;
}
