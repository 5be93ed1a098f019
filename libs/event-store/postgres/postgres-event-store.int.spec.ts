import { createDatabase, type TestDatabase } from '../../../test/support/database';
import { TcpProxy } from '../../../test/support/tcp-proxy';
import { describeEventStore } from '../contract/describe-event-store';
import { PostgresEventStore } from './postgres-event-store';

let database: TestDatabase;
const lines: TcpProxy[] = [];

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => {
  await Promise.all(lines.map((line) => line.close()));
  await database.drop();
});

describeEventStore('PostgresEventStore', {
  open: () => PostgresEventStore.open({ url: database.url }),
  openOverLine: async () => {
    const url = new URL(database.url);
    const line = await TcpProxy.to({ host: url.hostname, port: Number(url.port) });
    lines.push(line);
    url.host = `127.0.0.1:${line.port}`;
    return { store: await PostgresEventStore.open({ url: url.href, deadline: 1000 }), line };
  },
});
