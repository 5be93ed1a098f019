import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { until } from './until';

export const ROOT = resolve(__dirname, '../..');
const LOCK = join(tmpdir(), `coord-build-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}.lock`);
const LONGEST_BUILD_MS = 120_000;

let built: Promise<void> | undefined;

/** Builds the engine if its sources are newer, once for a test file; files that run at the same time wait for each other. */
export const build = (): Promise<void> => (built ??= buildAlone());

async function buildAlone(): Promise<void> {
  await until('the build of another test file has ended', takeLock, LONGEST_BUILD_MS);
  try {
    await promisify(execFile)(process.execPath, ['scripts/build-when-stale.mjs'], { cwd: ROOT });
  } finally {
    await rm(LOCK, { force: true });
  }
}

async function takeLock(): Promise<boolean> {
  try {
    await writeFile(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = Number(await readFile(LOCK, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(LOCK, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
