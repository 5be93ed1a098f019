import { connect, type Socket } from 'node:net';

interface Address {
  host: string[];
  port: number[];
  path: string | false | undefined;
}

/**
 * The sockets of a postgres.js client. The client itself closes one by asking the server to, which a frozen server never
 * does, and a reconnection that was due when it ended opens one that nobody closes.
 */
export class OwnedSockets {
  readonly #sockets = new Set<Socket>();
  #turn = 0;
  #closed = false;

  /** For the option `socket` of postgres.js. */
  readonly open = ({ host, port, path }: Address): Socket => {
    if (this.#closed) throw new Error('The client has ended.');
    const place = this.#turn++ % host.length;
    const socket = connect(path ? { path, noDelay: true } : { host: host[place], port: port[place] ?? 5432, noDelay: true });
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // postgres.js reads the name that a certificate must carry from here.
    return Object.assign(socket, { host: host[place] });
  };

  /** From now on no socket is open. */
  close(): void {
    this.#closed = true;
    for (const socket of this.#sockets) socket.destroy();
  }
}
