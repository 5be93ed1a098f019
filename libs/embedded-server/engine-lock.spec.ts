import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireEngineLock } from './engine-lock';
import { EmbeddedServerError } from './errors';
import { processIdentity } from './process-identity';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coord lock '));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the lock of an engine on its data folder', () => {
  it('is refused to the same process while it holds it', async () => {
    await acquireEngineLock(folder);
    await expect(acquireEngineLock(folder)).rejects.toThrow(EmbeddedServerError);
  });

  it('is refused while another living process holds it, which keeps its claim', async () => {
    const claim = `engine.${process.ppid}.${processIdentity(process.ppid)}`;
    await writeFile(join(folder, claim), 'held');
    await expect(acquireEngineLock(folder)).rejects.toThrow(`process ${process.ppid}`);
    expect(await readdir(folder)).toEqual([claim]);
  });

  it('passes over the claim of a process whose id another one has by now', async () => {
    await writeFile(join(folder, `engine.${process.ppid}.before-12345`), 'held');
    await acquireEngineLock(folder);
    expect(await readdir(folder)).toEqual([`engine.${process.pid}.${processIdentity(process.pid)}`]);
  });

  it('leaves nothing behind when it is given back', async () => {
    await (await acquireEngineLock(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });
});
