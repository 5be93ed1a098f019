import { TcpProxy } from '../../../test/support/tcp-proxy';
import { describeEventStore } from '../contract/describe-event-store';
import { EventStoreDbEventStore } from './eventstoredb-event-store';
import { describeWithServer, serverUrl } from './testing/server';

describeWithServer('EventStoreDB', () => {
  const lines: TcpProxy[] = [];
  afterAll(() => Promise.all(lines.map((line) => line.close())));

  describeEventStore('EventStoreDbEventStore', {
    open: () => EventStoreDbEventStore.open({ url: serverUrl().href }),
    openOverLine: async () => {
      const url = serverUrl();
      const line = await TcpProxy.to({ host: url.hostname, port: Number(url.port || 2113) });
      lines.push(line);
      url.host = `127.0.0.1:${line.port}`;
      return { store: await EventStoreDbEventStore.open({ url: url.href, deadline: 1_000 }), line };
    },
  });
});
