// A load balancer of the simplest kind: each request goes to the next of the upstreams, whatever connection it came on, so that no client
// ever speaks to one instance alone.
import { Agent, createServer, request } from 'node:http';
import { pipeline } from 'node:stream';

/** Listens on a free port of the loopback address. Gives `{url, close}`. */
export async function roundRobin(upstreams) {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const server = createServer((incoming, answer) => {
    const { hostname, port } = new URL(upstreams[turn++ % upstreams.length]);
    const { method, url: path, headers } = incoming;
    const onward = request({ agent, hostname, port, method, path, headers }, (response) => {
      answer.writeHead(response.statusCode, response.statusMessage, response.rawHeaders);
      pipeline(response, answer, () => {});
    });
    onward.on('error', () => answer.destroy());
    // who hangs up here has hung up there
    answer.once('close', () => answer.writableFinished || onward.destroy());
    incoming.pipe(onward);
  });
  // Node's 5 s would close a connection in the very moment at which a client uses it again.
  server.keepAliveTimeout = 72_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    agent.destroy();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
