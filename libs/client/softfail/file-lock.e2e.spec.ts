import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lutimesSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { build, ROOT } from '../../../test/support/build';
import { FileLock } from './file-lock';

const LOCK = JSON.stringify(join(ROOT, 'dist/libs/client/softfail/file-lock.js'));

let path: string;
beforeAll(build, 120_000);
beforeEach(async () => {
  path = join(await temporaryFolder(), 'a.lock');
});
afterAll(removeFolders);

const run = (script: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, ['-e', `const { FileLock } = require(${LOCK}); ${script}`, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

/** A process that takes the lock and keeps it. */
async function holder(): Promise<ChildProcess> {
  const child = run('console.log(new FileLock(process.argv[1], 30000).take()); setTimeout(() => {}, 60000)', path);
  expect(String(await once(child.stdout as NonNullable<typeof child.stdout>, 'data'))).toBe('true\n');
  return child;
}

test('a living process keeps the lock, and a killed one has given it back', async () => {
  const child = await holder();
  expect(new FileLock(path, 30_000).take()).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'close');
  const lock = new FileLock(path, 30_000);
  expect(lock.take()).toBe(true);
  lock.release();
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test('a number that belongs to another process now holds nothing', async () => {
  const child = await holder();
  const name = readlinkSync(path);
  child.kill('SIGKILL');
  await once(child, 'close');
  // The same process number as ours, which started at another time.
  const [place, , started] = name.split('+');
  const other = join(path, '..', 'b.lock');
  symlinkSync([place, process.pid, `${started}0`, 'abc'].join('+'), other);
  expect(new FileLock(other, 30_000).take()).toBe(true);
});

test('one that lives where it can not be looked at keeps the lock as long as it gives signs of life', () => {
  symlinkSync('elsewhere+1+1+abc', path);
  expect(new FileLock(path, 30_000).take()).toBe(false);
  const before = new Date(Date.now() - 60_000);
  lutimesSync(path, before, before);
  expect(new FileLock(path, 30_000).take()).toBe(true);
});

test('whoever died while taking away a dead one’s lock holds nobody up', async () => {
  const first = await holder();
  const dead = readlinkSync(path);
  first.kill('SIGKILL');
  await once(first, 'close');
  symlinkSync(dead.replace(/\w+$/, 'second'), `${path}.${dead.split('+').at(-1)}`);
  const lock = new FileLock(path, 30_000);
  expect(lock.take() || lock.take()).toBe(true);
});

/** Says so when another process was in there at the same time. */
const VISITOR = `
  const { writeFileSync, readFileSync } = require('node:fs');
  const inside = process.argv[1] + '.inside';
  (async () => {
    for (;;) await new FileLock(process.argv[1], 30000).hold(() => {
      const me = process.pid + ' ' + Math.random();
      writeFileSync(inside, me);
      for (const end = performance.now() + Math.random(); performance.now() < end; );
      if (readFileSync(inside, 'utf8') !== me) console.log('not alone');
      process.stdout.write('.');
    }, 60000);
  })();`;

test('it is held by one at a time, however many are killed with it', async () => {
  const visitors: { child: ChildProcess; said: Promise<string> }[] = [];
  const visit = (): void => {
    const child = run(VISITOR, path);
    visitors.push({ child, said: text(child.stdout as NonNullable<typeof child.stdout>) });
  };
  for (let n = 0; n < 8; n++) visit();
  for (let n = 0; n < 12; n++) {
    await pause(Math.random() * 250);
    visitors[n]?.child.kill('SIGKILL');
    if (n < 6) visit();
  }
  for (const { child } of visitors) child.kill('SIGKILL');
  const said = (await Promise.all(visitors.map((one) => one.said))).join('');
  expect(said).toMatch(/^\.+$/);
});
