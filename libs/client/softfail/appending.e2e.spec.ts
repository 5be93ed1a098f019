import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { build, ROOT } from '../../../test/support/build';
import { linesOf, parseLine } from './line';

const WRITERS = 20;
const KILLED = 10;
const LINES = 1_000;

/** Appends its lines one by one and says each number once the line is acknowledged. */
const WRITER = `
  const { writeSync } = require('node:fs');
  const { openQueue } = require('${join(ROOT, 'dist/libs/client/index.js')}');
  const [file, writer, lines] = process.argv.slice(1);
  (async () => {
    const queue = openQueue(file);
    for (let n = 0; n < lines; n++) {
      await queue.append({ ts: new Date().toISOString(), method: 'POST', path: '/api/coord/messages', body: { writer, n, text: 'x'.repeat((n * 37) % 900) } });
      writeSync(1, n + '\\n');
    }
  })();`;

interface Writer {
  child: ChildProcess;
  said: Promise<string>;
}

beforeAll(build, 120_000);
afterAll(removeFolders);

function start(file: string, writer: number): Writer {
  const child = spawn(process.execPath, ['-e', WRITER, file, String(writer), String(LINES)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, said: text(child.stdout as NonNullable<typeof child.stdout>) };
}

test('twenty processes append a thousand lines each, and half of them are killed on the way: no line that was acknowledged is lost, doubled or torn', async () => {
  const file = join(await temporaryFolder(), '.claude', 'coord-queue.jsonl');
  const writers = Array.from({ length: WRITERS }, (_, writer) => start(file, writer));
  for (const { child } of writers.slice(0, KILLED)) {
    await pause(20 + Math.random() * 200);
    child.kill('SIGKILL');
  }
  const acknowledged = (await Promise.all(writers.map(({ said }) => said))).flatMap((said, writer) => linesOf(said).map((n) => `${writer}/${n}`));

  const entries = linesOf(readFileSync(file, 'utf8')).map(parseLine);
  const whole = entries.flatMap(({ line }) => (typeof line === 'string' ? [] : [line.body as { writer: string; n: number; text: string }]));
  const found = whole.map(({ writer, n }) => `${writer}/${n}`);
  expect(acknowledged.filter((name) => Number(name.split('/')[0]) >= KILLED)).toHaveLength((WRITERS - KILLED) * LINES);
  expect(new Set(found).size).toBe(found.length);
  const there = new Set(found);
  expect(acknowledged.filter((name) => !there.has(name))).toEqual([]);
  expect(whole.filter(({ n, text }) => text !== 'x'.repeat((n * 37) % 900))).toEqual([]);
  // What was torn off was the last word of a process that was killed.
  expect(entries.length - whole.length).toBeLessThanOrEqual(KILLED);
}, 60_000);
