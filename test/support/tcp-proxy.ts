import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { until } from './until';

/** A way to a server that a test can disturb. Everything here holds for the connections that are open and those that come. */
export class TcpProxy {
  readonly #pairs = new Set<{ client: Socket; server: Socket }>();
  readonly #listening: Server;
  #port = 0;
  #frozen = false;
  /** Ends of connections that are held back, too. */
  readonly #parting = new Set<() => void>();
  #lost: 'requests' | 'answers' | undefined;
  #fatal: string | undefined;
  #chilling: string | undefined;

  private constructor(private readonly target: { host: string; port: number }) {
    this.#listening = createServer((client) => this.#join(client));
  }

  static async to(target: { host: string; port: number }): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.accept();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Listens, always on the same port. */
  async accept(): Promise<void> {
    this.#listening.listen(this.#port, '127.0.0.1');
    await once(this.#listening, 'listening');
    this.#port = (this.#listening.address() as AddressInfo).port;
  }

  /** Breaks every connection and refuses new ones, until `accept`. */
  async refuse(): Promise<void> {
    const closed = once(this.#listening, 'close');
    this.#listening.close();
    this.cut();
    await closed;
  }

  /** Breaks every connection. New ones work: nothing is frozen or lost any more. */
  cut(): void {
    this.#frozen = false;
    this.#parting.clear();
    this.#lost = undefined;
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  /** Holds everything back, ends too, without an error, as a stopped server does. New connections open and stay silent. */
  freeze(): void {
    this.#frozen = true;
    for (const pair of this.#pairs) this.#flow(pair);
  }

  /** What was held back goes on. */
  thaw(): void {
    this.#frozen = false;
    for (const part of this.#parting) part();
    this.#parting.clear();
    for (const pair of this.#pairs) this.#flow(pair);
  }

  /** Requests arrive, their answers vanish. Ends with `cut`. */
  loseAnswers(): void {
    this.#lost = 'answers';
  }

  /** Requests vanish. Ends with `cut`. */
  loseRequests(): void {
    this.#lost = 'requests';
  }

  /** Refuses everything as soon as a connection sends this text, before it reaches the server. Resolves when one has; `accept` ends it. */
  async refuseAt(text: string): Promise<void> {
    this.#fatal = text;
    await until(`a connection sent ${text}`, () => this.#fatal === undefined);
  }

  /** Freezes everything as soon as a connection has sent this text, which still reaches the server. Resolves when one has; `thaw` and `cut` end it. */
  async freezeAt(text: string): Promise<void> {
    this.#chilling = text;
    await until(`a connection sent ${text}`, () => this.#chilling === undefined);
  }

  async close(): Promise<void> {
    this.cut();
    if (!this.#listening.listening) return;
    this.#listening.close();
    await once(this.#listening, 'close');
  }

  #join(client: Socket): void {
    const server = connect({ ...this.target, noDelay: true });
    const pair = { client: client.setNoDelay(), server };
    this.#pairs.add(pair);
    const part = (): void => {
      if (this.#frozen) return void this.#parting.add(part);
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', part).on('close', part);
    client.on('data', (bytes) => {
      if (this.#fatal !== undefined && bytes.includes(this.#fatal)) {
        this.#fatal = undefined;
        void this.refuse();
      } else if (this.#lost !== 'requests') server.write(bytes);
      if (this.#chilling !== undefined && bytes.includes(this.#chilling)) {
        this.#chilling = undefined;
        this.freeze();
      }
    });
    server.on('data', (bytes) => this.#lost !== 'answers' && client.write(bytes));
    this.#flow(pair);
  }

  #flow({ client, server }: { client: Socket; server: Socket }): void {
    for (const socket of [client, server]) this.#frozen ? socket.pause() : socket.resume();
  }
}
