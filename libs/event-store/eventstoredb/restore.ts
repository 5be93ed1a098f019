import { type AppendOutcome, type RestoredEvent, RestoreRefused, type StreamAppend } from '../event-store';

/** Of one append: EventStoreDB takes no more than its MaxAppendSize, of which this is a part. */
const MOST_EVENTS = 200;
const MOST_BYTES = 512 * 1024;

type Append = (append: StreamAppend) => Promise<AppendOutcome>;

/**
 * Writes the events one append after the other, since that is the only order that EventStoreDB keeps across streams. What is
 * there already, of an attempt that broke off, is met again and stays as it is.
 * @returns how many there are
 * @throws RestoreRefused
 */
export async function restoreInto(append: Append, pages: AsyncIterable<readonly RestoredEvent[]>): Promise<number> {
  let events = 0;
  for await (const page of pages) {
    for (const run of runsOf(page)) {
      await write(append, run, events);
      events += run.length;
    }
  }
  return events;
}

async function write(append: Append, run: readonly RestoredEvent[], before: number): Promise<void> {
  const { outcome } = await append(appendOf(run));
  if (outcome === 'appended') return;
  const [first] = run;
  if (run.length === 1 && first)
    throw new RestoreRefused(before + 1, `revision ${first.revision} of the stream ${first.stream} does not follow the one before it`);
  // A part of it is there already.
  for (const [place, event] of run.entries()) await write(append, [event], before + place);
}

function appendOf(run: readonly RestoredEvent[]): StreamAppend {
  const [{ stream, revision }] = run as readonly [RestoredEvent];
  return {
    stream,
    expected: revision === 0 ? 'none' : revision - 1,
    events: run.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
  };
}

/** Neighbours of one stream that follow each other. */
function* runsOf(page: readonly RestoredEvent[]): Generator<RestoredEvent[]> {
  let run: RestoredEvent[] = [];
  let bytes = 0;
  for (const event of page) {
    const last = run.at(-1);
    const size = JSON.stringify(event).length;
    const follows = last?.stream === event.stream && last.revision + 1 === event.revision;
    if (last && (!follows || run.length === MOST_EVENTS || bytes + size > MOST_BYTES)) {
      yield run;
      [run, bytes] = [[], 0];
    }
    run.push(event);
    bytes += size;
  }
  if (run.length > 0) yield run;
}
