// The same claim as a transaction of etcd over its HTTP gateway, where Debian's etcd-server is installed: create the key if it
// is not there.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus, load } from './load.mjs';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
const base64 = (text) => Buffer.from(text).toString('base64');

export const hasEtcd = () => spawnSync('etcd', ['--version']).status === 0;

/** Rows of `[name, summary]`. */
export async function* etcdBenchmarks(seconds) {
  const dataDir = await mkdtemp(join(tmpdir(), 'coord-bench-etcd-'));
  const [client, peer] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const addresses = ['--listen-client-urls', client, '--advertise-client-urls', client, '--listen-peer-urls', peer];
  const cluster = ['--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`];
  const child = spawn('etcd', ['--data-dir', dataDir, ...addresses, ...cluster], { stdio: 'ignore' });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    while (!(await fetch(`${client}/health`).catch(() => null))?.ok) await sleep(50);
    const claim = async (connection, number, i) => {
      const key = base64(`locks/one/src/${number}/file-${i}.ts`);
      const value = base64(JSON.stringify({ session_id: `BENCH/${number}`, description: 'Benchmark' }));
      const transaction = {
        compare: [{ key, target: 'CREATE', create_revision: '0' }],
        success: [{ request_put: { key, value } }],
        failure: [{ request_range: { key } }],
      };
      expectStatus(await connection.request('POST', '/v3/kv/txn', transaction, ''), 200);
    };
    yield ['etcd: the same claim, 1 client', await load({ url: client, clients: 1, seconds, operation: claim })];
    yield ['etcd: the same claim, 32 clients', await load({ url: client, clients: 32, seconds, operation: claim })];
  } finally {
    child.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  }
}
