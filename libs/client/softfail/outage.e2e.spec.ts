import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { ROOT } from '../../../test/support/build';
import { call, listAll } from '../../../test/support/calls';
import { startEngine, stopEngines } from '../../../test/support/engine';
import { until } from '../../../test/support/until';
import { linesOf } from './line';

/** How long the engine is away; a minute is what the product promises and takes that long to show. */
const OUTAGE_MS = Number(process.env.COORD_OUTAGE_MS ?? 2_000);
/** On a machine that has much else to do. */
const PATIENCE_MS = 60_000;
/** Between two messages of an agent: in a long outage some hundred are enough. */
const PAUSE_MS = String(Math.max(100, OUTAGE_MS / 120));
const AGENTS = ['ann', 'ben', 'cyd', 'dan', 'eve'];
const CLAIMANTS = ['ann', 'ben'];

/** Sends message after message, says the number of each that was answered or queued; claims when it is told to; goes on until it is told to end. */
const AGENT = `
  const { answered, createClient, Queued } = require(${JSON.stringify(join(ROOT, 'dist/libs/client/index.js'))});
  const [url, session_id, pause] = process.argv.slice(1);
  const client = createClient({ url, queue: {} });
  const orders = [];
  process.stdin.on('data', (data) => orders.push(...String(data).trim().split('\\n')));
  const write = async (call, name) => {
    const how = await answered(call).then(() => 'answered', (error) => { if (error instanceof Queued) return 'queued'; throw error; });
    console.log(name + ' ' + how);
  };
  (async () => {
    for (let n = 0; !orders.includes('end'); n++) {
      if (orders[0] === 'claim') {
        orders.shift();
        await write(client.POST('/api/coord/locks', { body: { project_key: 'p', session_id, resource: 'src/a.ts' } }), 'claim');
      }
      await write(client.POST('/api/coord/messages', { body: { from_session: session_id, subject: String(n), body: 'x' } }), n);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    process.stdin.unref();
  })();`;

class Agent {
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;
  said = '';

  constructor(
    readonly name: string,
    url: string,
    folder: string,
  ) {
    this.#child = spawn(process.execPath, ['-e', AGENT, url, name, PAUSE_MS], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdout?.setEncoding('utf8').on('data', (data: string) => {
      this.said += data;
    });
    const { stderr } = this.#child;
    if (stderr === null) throw new Error('An agent has a standard error.');
    this.#ended = text(stderr);
  }

  tell(order: 'claim' | 'end'): void {
    this.#child.stdin?.write(`${order}\n`);
  }
  /** @throws Error with what it said when it has ended by itself. */
  async mustLive(): Promise<void> {
    if (this.#child.exitCode !== null) throw new Error(`${this.name} has ended: ${await this.#ended}`);
  }
  kill(): void {
    this.#child.kill('SIGKILL');
  }
  /** What it said on standard error. */
  async end(): Promise<string> {
    this.tell('end');
    return this.#ended;
  }
  /** The messages that it was told are taken or queued. */
  get acknowledged(): string[] {
    return [...this.said.matchAll(/^(\d+) /gm)].map(([, n]) => String(n));
  }
  times(how: 'answered' | 'queued'): number {
    return this.said.split(` ${how}\n`).length - 1;
  }
}

let agents: Agent[] = [];
afterAll(async () => {
  for (const agent of agents) agent.kill();
  await stopEngines();
  await removeFolders();
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

test(
  'the engine is away while five agents work: afterwards the log has everything once, in the order of each, and an impossible claim was refused',
  async () => {
    const env = { COORD_PORT: await freePort() };
    const first = await startEngine({ env });
    const folder = await temporaryFolder();
    await mkdir(join(folder, '.claude'));
    const queue = join(folder, '.claude', 'coord-queue.jsonl');
    agents = AGENTS.map((name) => new Agent(name, first.url, folder));
    const each = (what: string, holds: (agent: Agent, place: number) => boolean): Promise<boolean> =>
      until(
        `each agent ${what}`,
        async () => {
          for (const agent of agents) await agent.mustLive();
          return agents.every(holds);
        },
        PATIENCE_MS,
      );
    await each('was answered', (agent) => agent.times('answered') > 1);

    await first.process.kill('SIGKILL');
    const away = performance.now();
    await each('was queued', (agent) => agent.times('queued') > 1);
    const claimants = agents.filter(({ name }) => CLAIMANTS.includes(name));
    for (const agent of claimants) {
      agent.tell('claim');
      await until(`${agent.name} has claimed`, () => agent.said.includes('claim queued'), PATIENCE_MS);
    }
    await pause(Math.max(0, OUTAGE_MS - (performance.now() - away)));
    const before = agents.map((agent) => agent.times('answered'));
    await startEngine({ env, dataDir: first.process.dataDir });
    await each('is answered again', (agent, place) => agent.times('answered') > (before[place] ?? 0) + 1);
    const errors = (await Promise.all(agents.map((agent) => agent.end()))).join('');

    expect(existsSync(queue)).toBe(false);
    const log = await listAll<Sent>(first.url, '/history?type=MessageSent');
    for (const { name, acknowledged } of agents)
      expect(log.filter(({ actor }) => actor === name).map(({ data }) => data.subject)).toEqual(acknowledged);
    const [winner, loser] = claimants.map(({ name }) => name);
    const { body: locks } = await call<{ session_id: string }[]>(first.url, 'GET', '/locks?project_key=p&include_inactive=true');
    expect(locks.map(({ session_id }) => session_id)).toEqual([winner]);
    const refused = linesOf(readFileSync(queue.replace('.jsonl', '.rejected.jsonl'), 'utf8')).map((line) => JSON.parse(line) as object);
    expect(refused).toMatchObject([{ status: 409, problem: { type: 'urn:coord:problem:lock-held' }, line: { body: { session_id: loser } } }]);
    expect(errors).toMatch(/^coord: refused: POST \/api\/coord\/locks of 20.*: ann holds src\/a.ts.*\n$/);
  },
  OUTAGE_MS + 3 * PATIENCE_MS,
);

interface Sent {
  actor: string;
  data: { subject: string };
}
