import { EventStoreDbEventStore } from '@coord/event-store/eventstoredb/eventstoredb-event-store';
import { status } from '@grpc/grpc-js';
import { describeEventStore } from '../../libs/event-store/contract/describe-event-store';
import { freshStream, ids, newEvents, take, until, write } from '../../libs/event-store/contract/harness';
import { TcpProxy } from '../support/tcp-proxy';
import { EventStoreDbDouble, type Fault } from './eventstoredb-double';

let double: EventStoreDbDouble;
const lines: TcpProxy[] = [];
beforeAll(async () => {
  double = await EventStoreDbDouble.start();
});
afterAll(async () => {
  await Promise.all(lines.map((line) => line.close()));
  double.stop();
});

describeEventStore('EventStoreDbEventStore on a double of the server', {
  // Nothing fails there, and client, double and test share one process: a busy machine may take its time over 100 MiB.
  open: () => EventStoreDbEventStore.open({ url: double.url.href, deadline: 10_000 }),
  openOverLine: async () => {
    const { url } = double;
    const line = await TcpProxy.to({ host: url.hostname, port: Number(url.port) });
    lines.push(line);
    url.host = `127.0.0.1:${line.port}`;
    return { store: await EventStoreDbEventStore.open({ url: url.href, deadline: 1_000 }), line };
  },
});

describe('an append to EventStoreDB', () => {
  let store: EventStoreDbEventStore;
  beforeEach(async () => {
    store = await EventStoreDbEventStore.open({ url: double.url.href, deadline: 1_000 });
    await write(store, freshStream(), newEvents(1));
  });
  afterEach(() => store.close());

  it.each<[string, Fault]>([
    ['whose answer never comes', 'no answer'],
    ['that the server cancels after it wrote it', { code: status.CANCELLED, written: true }],
    ['that ends with RST_STREAM as the server stops, written', { code: status.INTERNAL, written: true }],
    ['that ends with RST_STREAM as the server stops, not written', { code: status.INTERNAL, written: false }],
    ['that the server has no time for', { code: status.DEADLINE_EXCEEDED, written: false }],
    ['that meets a server that shuts down', { code: status.UNAVAILABLE, written: false }],
    ['that fails for no known reason', { code: status.UNKNOWN, written: true }],
  ])('%s is repeated, and there once', async (_, fault) => {
    for (const expected of ['none', 'any'] as const) {
      const [stream, events] = [freshStream(), newEvents(2)];
      double.faults.push(fault);
      const [outcome] = await store.append([{ stream, expected, events }]);
      expect(outcome).toMatchObject({ outcome: 'appended', revision: 1 });
      expect(ids(await store.readStream(stream))).toEqual(ids(events));
    }
  });

  it('that is refused is not repeated', async () => {
    const before = double.appends;
    double.faults.push({
      code: status.INVALID_ARGUMENT,
      written: false,
      headers: { exception: 'maximum-append-size-exceeded', 'maximum-append-size': '1048576' },
    });
    await expect(store.append([{ stream: freshStream(), expected: 'any', events: newEvents(1) }])).rejects.toThrow('MaxAppendSize');
    expect(double.appends).toBe(before + 1);
  });

  it('that others came before is a conflict at once', async () => {
    const stream = freshStream();
    await write(store, stream, newEvents(3));
    const before = double.appends;
    expect(await store.append([{ stream, expected: 0, events: newEvents(1) }])).toMatchObject([{ outcome: 'conflict', revision: 2 }]);
    expect(double.appends).toBe(before + 1);
  });
});

describe('a subscription to EventStoreDB', () => {
  it.each([
    ['for a slow consumer', status.ABORTED],
    ['with a clean end', undefined],
  ])('that the server drops %s goes on where it was', async (_, code) => {
    const store = await EventStoreDbEventStore.open({ url: double.url.href });
    const abort = new AbortController();
    const taking = take(store.subscribe({ after: await store.head(), signal: abort.signal }), 20);
    const events = newEvents(20);
    for (const [n, event] of events.entries()) {
      await write(store, freshStream(), [event]);
      if (n % 5 === 2) double.dropSubscriptions(code);
    }
    expect(ids(await taking)).toEqual(ids(events));
    const { subscriptions } = double;
    double.dropSubscriptions(code);
    await until(async () => double.subscriptions > subscriptions);
    await store.close();
  });
});
