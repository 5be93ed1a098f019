import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyInstance } from 'fastify';
import { POSITION_HEADER } from './coord-position';
import { PROBLEM_MEDIA_TYPE, problemAnswer } from './problem-document';
import { type HttpProblem, refusedField } from './problems';

/** What Node's parser could make no request of, by the code of its error. */
function problemOf({ code, message }: ConnectionError): HttpProblem {
  switch (code) {
    case 'HPE_INVALID_URL':
      return refusedField('(url)', 'must be percent-encoded UTF-8; é is written %C3%A9').problem;
    case 'HPE_HEADER_OVERFLOW':
      return { problem: 'headers-too-large' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { problem: 'request-timeout' };
    default:
      return { problem: 'malformed-request', reason: message.replace(/^Parse Error:? ?/, '') || 'it breaks off' };
  }
}

/** The path that was asked for, where the first line of the bytes shows one. */
function pathIn(bytes: unknown): string {
  if (!Buffer.isBuffer(bytes)) return '/';
  return /^[A-Z]+ (\/[!->@-~]*)/.exec(bytes.toString('latin1', 0, 1_000))?.[1] ?? '/';
}

/** Node keeps the answer that a connection is at under this name, and its own handler looks there, too. */
interface Answering {
  _httpMessage?: { headersSent: boolean } | null;
}

/**
 * Answers what can't be read as HTTP with a problem, like everything else, and ends the connection: where the next request
 * would begin is not known. To be Fastify's `clientErrorHandler`, which it calls as a method of itself.
 */
export function answerUnreadable(this: FastifyInstance, error: ConnectionError, socket: Socket): void {
  const begun = (socket as Socket & Answering)._httpMessage?.headersSent === true;
  if (error.code !== 'ECONNRESET' && socket.writable && !begun) {
    const { status, body } = problemAnswer(problemOf(error), pathIn(error.rawPacket));
    const text = JSON.stringify(body);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
      `Content-Length: ${Buffer.byteLength(text)}`,
      `${POSITION_HEADER}: ${this.highestPosition()}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${text}`);
  }
  socket.destroy();
}
