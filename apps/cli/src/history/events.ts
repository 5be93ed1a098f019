import { answered, type CoordClient, type HistoryEvent } from '@coord/client/index';

/** What `/history` filters by. */
export interface EventFilter {
  project_key?: string;
  session_id?: string;
  type?: string;
  stream?: string;
  resource?: string;
}
export interface EventRange {
  /** Exclusive; a position or a time. */
  from?: string;
  /** Inclusive. */
  to?: string;
}

const PAGE = 500;
/** How far the first look back goes, in positions; each next one goes this many times further. */
const [FIRST_LOOK, FURTHER] = [1_000, 8];

/** The events of a range that pass the filter, oldest first, a page at a time. */
export async function* eventPages(
  api: CoordClient,
  query: EventFilter & EventRange,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<HistoryEvent[]> {
  let left = most;
  for (let cursor: string | undefined; left > 0; ) {
    const page = await answered(api.GET('/api/coord/history', { params: { query: { ...query, limit: Math.min(PAGE, left), cursor } } }));
    const { items, next_cursor } = Array.isArray(page) ? { items: page, next_cursor: null } : page;
    left -= items.length;
    yield items;
    if (next_cursor === null) return;
    cursor = next_cursor;
  }
}

/** The last `most` events that pass the filter, oldest first: looks back from the end of the log, further each time. */
export async function lastEvents(api: CoordClient, filter: EventFilter, most: number): Promise<HistoryEvent[]> {
  const { response } = await api.GET('/api/coord/history', { params: { query: { ...filter, limit: 1 } } });
  let [found, to, look]: [HistoryEvent[], number, number] = [[], Number(response.headers.get('coord-position') ?? 0), Math.max(FIRST_LOOK, most)];
  while (to > 0 && found.length < most) {
    const from = Math.max(0, to - look);
    const seen: HistoryEvent[] = [];
    for await (const page of eventPages(api, { ...filter, from: String(from), to: String(to) })) seen.push(...page);
    found = [...seen, ...found];
    [to, look] = [from, look * FURTHER];
  }
  return found.slice(-most);
}
