import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canMount, smallDisk } from '@coord/embedded-server/testing/folders';
import { call } from '../support/calls';
import { startEngine, stopEngines } from '../support/engine';
import { STORE_UNAVAILABLE } from '../support/outages';
import { until } from '../support/until';

afterAll(stopEngines);
jest.setTimeout(180_000);
/** A disk of its own needs root, and the right to mount. */
const onSmallDisk = canMount() ? test : test.skip;

const DISK_MIB = 260;
const WRITERS = 8;
const LONG = 'x'.repeat(20_000);
const RECOVERY_MS = 60_000;

/** Takes what is left, while others take of it too. */
async function fillUp(path: string): Promise<void> {
  const file = await open(path, 'w');
  const piece = Buffer.alloc(2 ** 18);
  const full = await (async () => {
    for (;;) await file.write(piece);
  })().catch((error: NodeJS.ErrnoException) => error.code);
  await file.close();
  expect(full).toBe('ENOSPC');
}

onSmallDisk('on a full disk writes are answered with 503, none that was acknowledged is lost, and with space it goes on by itself', async () => {
  const disk = await smallDisk(DISK_MIB);
  const { url, process: engine } = await startEngine({ dataDir: join(disk, 'data') });
  const acknowledged: string[] = [];
  const refusals: { type: string }[] = [];
  const others: unknown[] = [];
  let going = true;
  const write = async (name: string): Promise<void> => {
    for (let n = 0; going; n += 1) {
      const subject = `${name}-${n}`;
      const body = { from_session: name, to_session: 'B', subject, body: LONG };
      const { status, body: answer } = await call(url, 'POST', '/messages', { body, patienceMs: 20_000 });
      if (status === 201) acknowledged.push(subject);
      else (status === 503 ? refusals : others).push(answer);
    }
  };
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, n) => write(`w${n}`)));
  await until('writes go through', () => acknowledged.length > 50, RECOVERY_MS);

  const filler = join(disk, 'filler');
  await fillUp(filler);
  const told = () => refusals.find(({ type }) => type === STORE_UNAVAILABLE.type);
  await until('the disk is full, and writers are told', () => refusals.length > WRITERS && told() !== undefined, RECOVERY_MS);
  expect(told()).toMatchObject(STORE_UNAVAILABLE);
  const before = acknowledged.length;

  await rm(filler);
  await until('writes go through again', () => acknowledged.length > before + 20, RECOVERY_MS);
  going = false;
  await writing;
  expect(engine.running).toBe(true);
  expect(others).toEqual([]);
  // The read models may meet the full disk before the log does: whoever asks them in order to write is then told that.
  const kinds = new Set(refusals.map(({ type }) => type));
  expect([STORE_UNAVAILABLE.type, 'urn:coord:problem:read-model-behind']).toEqual(expect.arrayContaining([...kinds]));
  const lines = (await (await fetch(`${url}/api/coord/history/export`)).text()).trimEnd().split('\n');
  const sent = new Set(lines.map((line) => JSON.parse(line).data.subject));
  expect(acknowledged.filter((subject) => !sent.has(subject))).toEqual([]);
  await until('the read models have followed', async () => (await call(url, 'GET', '//health')).status === 200, RECOVERY_MS);
});
