import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { Refused, refusedField } from '../http/problems';

/** Of an event with its metadata, which may hold an answer as large as the event. */
const LONGEST_LINE = 16 * 1024 * 1024;
const LATEST_MS = 60_000;
const NEWLINE = 0x0a;

export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

export const refusedLine = (number: number, message: string): Refused => refusedField(`line ${number}`, message);

/**
 * The lines of a text in UTF-8, in groups as they arrive. Holds no more than a part of the stream and a line.
 * @throws Refused for what is not UTF-8, a line that is too long, and a stream that breaks off or stalls for a minute
 */
export async function* linesOf(body: Readable): AsyncGenerator<Line[], void> {
  let number = 0;
  let begun: Buffer[] = [];
  let length = 0;
  const take = (line: Buffer): Line => {
    number += 1;
    if (!isUtf8(line)) throw refusedLine(number, 'must be UTF-8');
    return { number, text: line.toString('utf8') };
  };
  for await (const chunk of chunksOf(body)) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const rest = chunk.subarray(from, end);
      lines.push(take(begun.length > 0 ? Buffer.concat([...begun, rest]) : rest));
      [begun, length, from] = [[], 0, end + 1];
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LONGEST_LINE) throw refusedLine(number + 1, `must be shorter than ${LONGEST_LINE} bytes`);
    if (lines.length > 0) yield lines;
  }
  if (begun.length > 0) yield [take(Buffer.concat(begun))];
}

/** Leaves the connection alone when it ends early: the answer still has to go through it. */
async function* chunksOf(body: Readable): AsyncGenerator<Buffer, void> {
  const chunks = body.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const chunk = await inTime(chunks.next());
      if (chunk.done) return;
      yield chunk.value as Buffer;
    }
  } finally {
    await chunks.return?.();
  }
}

async function inTime(next: Promise<IteratorResult<unknown>>): Promise<IteratorResult<unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refused({ problem: 'malformed-json', reason: 'the body did not go on for a minute' })), LATEST_MS);
  });
  try {
    return await Promise.race([next, late]);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused({ problem: 'malformed-json', reason: 'the connection ended before the body did' });
  } finally {
    clearTimeout(timer);
  }
}
