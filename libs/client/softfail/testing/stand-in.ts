import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A server that answers as it is told, for what an engine does not do when it is asked to: errors of its own, pages of others. */
export class StandIn {
  readonly calls: Received[] = [];
  answer: (call: Received) => { status: number; headers?: Record<string, string> } = () => ({ status: 200 });

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StandIn> {
    const server = createServer();
    const standIn = new StandIn(server);
    server.on('request', async (request, response) => {
      const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, text: await text(request) };
      standIn.calls.push(call);
      const { status, headers } = standIn.answer(call);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
