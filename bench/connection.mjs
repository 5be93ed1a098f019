// One HTTP/1.1 connection that costs the machine as little as possible, so that the server is what gets measured.
import { connect } from 'node:net';

export class Connection {
  #socket;
  #pending = '';
  #settle;
  #fail;

  /** Resolves to a connection to `url`. */
  static open(url) {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  constructor(socket) {
    this.#socket = socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#fail?.(error));
    socket.on('close', () => this.#fail?.(new Error('The server closed the connection.')));
  }

  /** One request at a time below `prefix`. `body` is an object or undefined. Resolves to `{status, text}`. */
  request(method, path, body, prefix = '/api/coord') {
    const text = body === undefined ? '' : JSON.stringify(body);
    const head = body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
    return new Promise((settle, fail) => {
      this.#settle = settle;
      this.#fail = fail;
      this.#socket.write(`${method} ${prefix}${path} HTTP/1.1\r\nhost: bench\r\n${head}\r\n${text}`);
    });
  }

  close() {
    this.#fail = undefined;
    this.#socket.destroy();
  }

  #read(chunk) {
    this.#pending += chunk;
    const end = this.#pending.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#pending.slice(0, end))?.[1] ?? 0);
    if (this.#pending.length < end + 4 + length) return;
    const answer = { status: Number(this.#pending.slice(9, 12)), text: this.#pending.slice(end + 4, end + 4 + length) };
    this.#pending = this.#pending.slice(end + 4 + length);
    this.#settle(answer);
  }
}
