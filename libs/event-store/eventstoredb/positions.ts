import { recordsOf } from './records';
import { type From, type LogRead, readLogRequest } from './requests';
import type { Wire } from './wire';

/** Events of one read: few at first, since what is looked for is mostly near. */
const FIRST_PAGE = 32;
const LARGEST_PAGE = 2_000;

/**
 * Where to begin to read so that nothing after this position is missed: the last event at or before it, looked for from the
 * nearer end of the log. For positions that are nobody's, such as those of the log that this one was made from.
 */
export async function beginBefore(wire: Wire, position: number): Promise<From> {
  const { last: end = 0 } = await look(wire, { from: 'end', backwards: true, count: 1 }, () => true);
  return position < end / 2 ? upTo(wire, position) : downTo(wire, position);
}

async function downTo(wire: Wire, position: number): Promise<From> {
  let from: From = 'end';
  for (let count = FIRST_PAGE; ; count = Math.min(count * 2, LARGEST_PAGE)) {
    const { last, found } = await look(wire, { from, backwards: true, count }, (place) => place <= position);
    if (last === undefined) return 'start';
    if (found) return last;
    from = last;
  }
}

async function upTo(wire: Wire, position: number): Promise<From> {
  let from: From = 'start';
  for (let count = FIRST_PAGE; ; count = Math.min(count * 2, LARGEST_PAGE)) {
    const { last, before, found } = await look(wire, { from, count }, (place) => place > position);
    if (found) return before ?? from;
    if (last === undefined || last === from) return from;
    from = last;
  }
}

interface Looked {
  /** The position of the last event that was read. */
  last?: number;
  /** Of the one before it. */
  before?: number;
  /** Whether the last one is what was looked for. */
  found: boolean;
}

/** Reads on until an event is found; the server's own ones count, too. */
function look(wire: Wire, read: LogRead, wanted: (position: number) => boolean): Promise<Looked> {
  return wire.ask(async (connection, signal) => {
    const looked: Looked = { found: false };
    for await (const { position } of recordsOf(connection, readLogRequest(read), signal)) {
      looked.before = looked.last;
      looked.last = position;
      looked.found = wanted(position);
      if (looked.found) break;
    }
    return looked;
  });
}
