import { Socket } from 'node:net';

/** Where postgres.js wants a socket to. A host like `%2Fvar%2Frun` is the folder of a Unix socket, as in a URL for libpq. */
interface Address {
  host: string[];
  port: number[];
  path: string | false | undefined;
}

/**
 * Has the socket send what is written in one turn of the event loop as one piece. postgres.js writes each statement by itself, and
 * every write wakes the server, which on a small machine costs the writer more than what it writes.
 */
function gathering(socket: Socket): Socket {
  const write = socket.write.bind(socket);
  let corked = false;
  socket.write = ((...args: Parameters<typeof write>) => {
    if (!corked) {
      corked = true;
      socket.cork();
      process.nextTick(() => {
        corked = false;
        socket.uncork();
      });
    }
    return write(...args);
  }) as typeof socket.write;
  return socket;
}

/**
 * The sockets of a postgres.js client. The client itself closes one by asking the server to, which a frozen server never
 * does, and a reconnection that was due when it ended opens one that nobody closes.
 */
export class OwnedSockets {
  readonly #sockets = new Set<Socket>();
  #turn = 0;
  #closed = false;

  /** `most`: so many are opened, and then no more: a client of one socket never speaks on another connection than its first. */
  constructor(private readonly most = Number.POSITIVE_INFINITY) {}

  /** For the option `socket` of postgres.js. */
  readonly open = ({ host, port, path }: Address): Socket => {
    if (this.#closed || this.#turn >= this.most) throw new Error('The client has ended.');
    const place = this.#turn++ % host.length;
    const name = host[place] ?? 'localhost';
    const unix = path || unixSocket(name, port[place] ?? 5432);
    const socket = gathering(new Socket());
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.connect(unix ? { path: unix } : { host: name, port: port[place] ?? 5432, noDelay: true });
    // postgres.js reads the name that a certificate must carry from here.
    return Object.assign(socket, { host: name });
  };

  /** From now on no socket is open. */
  close(): void {
    this.#closed = true;
    for (const socket of this.#sockets) socket.destroy();
  }
}

const unixSocket = (host: string, port: number): string | undefined =>
  /^%2f/i.test(host) ? `${decodeURIComponent(host)}/.s.PGSQL.${port}` : undefined;
