import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api, listOf } from '../../../test/support/api';
import { build, ROOT } from '../../../test/support/build';
import { linesOf } from './line';

const AGENTS = ['ann', 'ben', 'cyd'];
/** For each agent; every tenth is one that the engine refuses. */
const LINES = 50;
/** The next one may work to the end. */
const KILLS = 8;
const CLIENT = JSON.stringify(join(ROOT, 'dist/libs/client/index.js'));

/** Says when it begins, and sends until nothing is left. */
const DRAINER = `
  const { drain, openQueue } = require(${CLIENT});
  const [file, url] = process.argv.slice(1);
  process.stdout.write('go');
  drain(openQueue(file), url, { ms: 60000, lines: 1e9, deadlineMs: 10000 });`;

/** Adds lines while others send. */
const WRITER = `
  const { openQueue } = require(${CLIENT});
  const [file, lines] = process.argv.slice(1);
  (async () => {
    for (const line of JSON.parse(lines)) await openQueue(file).append(line);
  })();`;

let api: Api;
beforeAll(async () => {
  await build();
  api = await Api.start();
}, 120_000);
afterAll(async () => {
  await api.close();
  await removeFolders();
});

const run = (script: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, ['-e', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

const isRefused = (n: number): boolean => n % 10 === 9;

/** Every second one as an old client writes it, without a key. */
function line(from_session: string, n: number): object {
  const body = { from_session, subject: String(n), body: 'x', ...(isRefused(n) && { type: 'song' }) };
  return {
    ts: '2026-05-12T15:30:00Z',
    method: 'POST',
    path: '/api/coord/messages',
    body,
    ...(n % 2 === 0 && { idempotency_key: `${from_session}-${n}` }),
  };
}

test('processes that send the queue are killed at random: nothing is lost, doubled or out of order', async () => {
  const file = join(await temporaryFolder(), 'coord-queue.jsonl');
  const lines = Array.from({ length: LINES }, (_, n) => AGENTS.map((agent) => line(agent, n))).flat();
  const half = lines.length / 2;
  writeFileSync(
    file,
    lines
      .slice(0, half)
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
  const writer = run(WRITER, file, JSON.stringify(lines.slice(half)));
  const written = once(writer, 'close');

  let kills = 0;
  while (existsSync(file) || writer.exitCode === null) {
    const drainer = run(DRAINER, file, api.url);
    const ended = once(drainer, 'close');
    await once(drainer.stdout as NonNullable<typeof drainer.stdout>, 'data');
    if (kills < KILLS) {
      await Promise.race([ended, pause(10 + Math.random() * 300)]);
      if (drainer.kill('SIGKILL')) kills += 1;
    }
    await ended;
  }
  expect(await written).toEqual([0, null]);

  const all = Array.from({ length: LINES }, (_, n) => String(n));
  const log = listOf((await api.get('/history?type=MessageSent')).body);
  const refused = linesOf(readFileSync(file.replace('.jsonl', '.rejected.jsonl'), 'utf8')).map(
    (text) => (JSON.parse(text) as { line: { body: Record<string, string> } }).line.body,
  );
  for (const agent of AGENTS) {
    expect(log.filter(({ actor }) => String(actor) === agent).map(({ data }) => data?.subject)).toEqual(all.filter((n) => !isRefused(Number(n))));
    expect(refused.filter(({ from_session }) => from_session === agent).map(({ subject }) => subject)).toEqual(
      all.filter((n) => isRefused(Number(n))),
    );
  }
  expect(kills).toBeGreaterThan(0);
});
