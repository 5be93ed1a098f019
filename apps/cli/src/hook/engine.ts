import { request } from 'node:http';

/** Where the engine is, and until when an answer is worth having. */
export interface Engine {
  url: string;
  /** By `performance.now()`. */
  until: number;
}

/** There is no answer that can be used. */
export class Unanswered extends Error {
  constructor(
    message: string,
    /** The engine has said no; else it may take the same later. */
    readonly refused: boolean,
  ) {
    super(message);
  }
}

/** The longest answer that is read: lists are 500 long at most. */
const LONGEST = 8 << 20;

/**
 * One request, answered with its JSON. It goes without `fetch`, whose first use costs a process some 20 ms.
 * @throws Unanswered saying why there is no answer: unreachable, too late, refused, or nothing that the engine would say.
 */
export function ask(engine: Engine, method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (why: string, refused = false): void => reject(new Unanswered(`no answer from the engine at ${engine.url} (${why})`, refused));
    const left = engine.until - performance.now();
    if (left <= 0) return fail('no time left');
    const url = new URL(`${engine.url}/api/coord${path}`);
    const send: typeof request = url.protocol === 'https:' ? (require('node:https') as typeof import('node:https')).request : request;
    const text = body && JSON.stringify(body);
    const headers = { ...more, ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) };
    const outgoing = send(url, { method, headers, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      let length = 0;
      answer.on('data', (piece: Buffer) => {
        pieces.push(piece);
        length += piece.length;
        if (length > LONGEST) outgoing.destroy(new Error('too much'));
      });
      answer.on('error', ({ message }) => fail(message));
      answer.on('end', () => {
        clearTimeout(timer);
        const said = Buffer.concat(pieces).toString();
        const status = answer.statusCode ?? 0;
        if (status >= 300) return fail(`${status}: ${said.slice(0, 200)}`, status >= 400 && status < 500 && !LATER.has(status));
        try {
          resolve(JSON.parse(said === '' ? 'null' : said));
        } catch {
          fail('it is no JSON');
        }
      });
    });
    const timer = setTimeout(() => outgoing.destroy(new Error('too late')), left);
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(error.code ?? error.message);
    });
    outgoing.end(text);
  });
}

/** These say "later", not "no". */
const LATER = new Set([408, 425, 429]);

/** The query of a path: `?a=1&b=2`, without what is null. */
export function query(parameters: Record<string, string | null>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null);
  return `?${new URLSearchParams(given)}`;
}
