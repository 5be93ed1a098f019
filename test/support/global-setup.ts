import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// A plain path, because Jest applies no import alias to a global setup.
import { startEmbeddedServer } from '../../libs/embedded-server/index';
import { type TestServer, testServer } from './test-server';

/** One Postgres for the whole run: the one that `TEST_DATABASE_URL` names, else an embedded one in a folder that goes with the run. */
export default async function setUp(): Promise<void> {
  process.env.TEST_RUN = `test_${process.pid}_${Date.now().toString(36)}`;
  testServer.current = process.env.TEST_DATABASE_URL ? foreign(process.env.TEST_DATABASE_URL) : await embedded();
  process.env.TEST_DATABASE_URL = testServer.current.url;
}

function foreign(url: string): TestServer {
  return { url, stop: async () => {} };
}

async function embedded(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'coord-test-'));
  const server = await startEmbeddedServer({ dataDir });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}
