import { TcpProxy } from '../../test/support/tcp-proxy';
import { DOORBELL } from './checkpoints';
import { Leadership } from './leadership';
import type { Log } from './log';
import { totals } from './testing/accounts';
import { eventually, Scene } from './testing/scene';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
const LONG = 60_000;

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(() => scene.close());

/** Ends the connection of whoever leads, as the server's end or a cut network would. */
const endLeader = (): Promise<unknown> => scene.sql`
  select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.granted and a.application_name = 'coord projections' and a.datname = current_database()
    and l.objsubid = 1 and a.state = 'idle'`;

it('lets one instance lead, and another take over when the connection of the first dies', async () => {
  const first = scene.instance([totals()], { retryMs: LONG });
  await eventually(() => first.leadership.leading);
  const second = scene.instance([totals()]);
  await scene.pay(10);
  await scene.applied('totals');
  expect([first, second].map(({ group }) => group.health().leading)).toEqual([true, false]);

  await endLeader();
  await eventually(() => second.group.health().leading);
  await scene.pay(10);
  await scene.applied('totals');
  expect(first.group.health().leading).toBe(false);
  expect(await scene.entries('totals')).toEqual({ all: 20, different: 20 });
});

it.each([
  ['before the server has all of a statement', 'with moved as'],
  ['before the commit', DOORBELL],
])('takes over from an instance that froze in the middle of a batch, %s, and counts nothing twice when that wakes up', async (_, sent) => {
  const url = new URL(scene.url);
  const proxy = await TcpProxy.to({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const first = scene.instance([totals()], { databaseUrl: url.href });
  try {
    await scene.applied('totals');
    const second = scene.instance([totals()]);

    const frozen = proxy.freezeAt(sent);
    await scene.pay(10);
    await frozen;
    await eventually(() => second.group.health().leading);
    await scene.pay(10);
    await scene.applied('totals');

    proxy.thaw();
    await eventually(() => !first.group.health().leading);
    expect(await scene.entries('totals')).toEqual({ all: 20, different: 20 });
  } finally {
    proxy.thaw();
    await first.leadership.stop();
    await proxy.close();
  }
});

it('hands over at once when the leader stops', async () => {
  const first = scene.instance([totals()]);
  await eventually(() => first.leadership.leading);
  const second = scene.instance([totals()]);
  await first.leadership.stop();
  await eventually(() => second.group.health().leading);
});

it('aborts the works of a term when its connection dies, and begins them again with the next', async () => {
  const terms: AbortSignal[] = [];
  const leadership = new Leadership({ databaseUrl: scene.url, name: 'projections', retryMs: 50, log: silent });
  leadership.lead(async (signal) => {
    terms.push(signal);
    await aborted(signal);
  });
  leadership.start();
  await eventually(() => terms.length === 1);
  await endLeader();
  await eventually(() => terms.length === 2);
  expect(terms.map((signal) => signal.aborted)).toEqual([true, false]);
  await leadership.stop();
});

it('ends the term for all works when one of them fails', async () => {
  const terms: AbortSignal[] = [];
  const leadership = new Leadership({ databaseUrl: scene.url, name: 'projections', retryMs: 50, log: silent });
  leadership.lead(async (signal) => {
    terms.push(signal);
    await aborted(signal);
  });
  leadership.lead(async () => {
    if (terms.length === 1) throw new Error('for once');
  });
  leadership.start();
  await eventually(() => terms.length === 2);
  expect(terms[0]?.aborted).toBe(true);
  await leadership.stop();
});

it('begins a work that comes in the middle of a term, and ends it alone', async () => {
  const leadership = new Leadership({ databaseUrl: scene.url, name: 'projections', log: silent });
  leadership.start();
  await eventually(() => leadership.leading);
  let seen: AbortSignal | undefined;
  const resign = leadership.lead((signal) => {
    seen = signal;
    return aborted(signal);
  });
  expect(seen?.aborted).toBe(false);
  await resign();
  expect([seen?.aborted, leadership.leading]).toEqual([true, true]);
  await leadership.stop();
});

it('stops also while the answer to its try for the lock is on its way', async () => {
  const url = new URL(scene.url);
  const proxy = await TcpProxy.to({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const leadership = new Leadership({ databaseUrl: url.href, name: 'projections', log: silent });
  proxy.freeze();
  leadership.start();
  const stopped = leadership.stop();
  proxy.thaw();
  await stopped;
  expect(leadership.leading).toBe(false);
  await proxy.close();
});

const aborted = (signal: AbortSignal): Promise<void> => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
