import type { IncomingMessage } from 'node:http';
import { answerOf, openStream } from './exchange';
import { CoordProblem, EngineAway, problemOf } from './problem';
import type { HistoryEvent } from './types';

export interface Followed {
  /** Where the engine listens. */
  url: string;
  /** Filters, as those of `/history`: `project_key`, `session_id`, `type`, `stream`, `resource`. */
  query?: Readonly<Record<string, string>>;
  /** Begin after this position; without it: now. */
  after?: number;
  /** Ends the stream. */
  signal: AbortSignal;
  /** Called once the engine follows: what happens from then on is not missed. */
  onOpen?: () => void;
}

const OPENS_WITHIN_MS = 10_000;
/** The engine says something every 15 s; a connection that nothing comes through for so long is dead. */
const SILENCE_MS = 45_000;

/**
 * The events that the engine tells of as they happen (`GET /events/stream`), over one connection. Ends when the engine closes it or `signal` says so;
 * to go on without loss, call it again with `after`, the position of the last event.
 * @throws CoordProblem when it is refused. @throws EngineAway when the connection fails.
 */
export async function* eventStream({ url, query = {}, after, signal, onOpen }: Followed): AsyncGenerator<HistoryEvent, void> {
  try {
    const headers = { accept: 'text/event-stream', ...(after !== undefined && { 'last-event-id': String(after) }) };
    const address = `${url}/api/coord/events/stream?${new URLSearchParams(query)}`;
    const incoming = await openStream({ method: 'GET', url: address, headers, signal }, OPENS_WITHIN_MS);
    if (incoming.statusCode !== 200) throw await refusalIn(incoming);
    incoming.setTimeout(SILENCE_MS, () => incoming.destroy(new Error(`silent for ${SILENCE_MS / 1_000} s`)));
    onOpen?.();
    let pending = '';
    for await (const text of incoming.setEncoding('utf8')) {
      const blocks = `${pending}${text}`.split('\n\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = dataOf(block);
        if (data !== '') yield JSON.parse(data) as HistoryEvent;
      }
    }
  } catch (cause) {
    if (signal.aborted) return;
    throw cause instanceof CoordProblem ? cause : new EngineAway(url, cause);
  }
}

/** What an event carries; empty for comments and for one that only says how far the log was looked at. */
const dataOf = (block: string): string =>
  block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trimStart())
    .join('\n');

async function refusalIn(incoming: IncomingMessage): Promise<CoordProblem> {
  const { status, text } = await answerOf(incoming);
  try {
    return new CoordProblem(problemOf(status, JSON.parse(text)));
  } catch {
    return new CoordProblem(problemOf(status, text)); // a proxy's page
  }
}
