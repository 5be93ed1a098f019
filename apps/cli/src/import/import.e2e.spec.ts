import { join } from 'node:path';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { type Json, listOf } from '../../../../test/support/api';
import { coord } from '../../../../test/support/coord-command';
import { startEngine, stopEngines } from '../../../../test/support/engine';
import type { Report } from './import-tree';
import { type Expected, growTree } from './testing/grown-tree';

/** `COORD_IMPORT_ROUNDS=139` grows a tree of 5,000 files. */
const ROUNDS = Number(process.env.COORD_IMPORT_ROUNDS ?? 11);
jest.setTimeout(120_000);

const PROJECT = 'workshop';
let url: string;
let folder: string;
let expected: Expected;

beforeAll(async () => {
  ({ url } = await startEngine());
  folder = await temporaryFolder();
  expected = growTree(join(folder, 'COORDINATION'), ROUNDS, Date.now());
});
afterAll(async () => {
  await stopEngines();
  await removeFolders();
});

const importing = async (...options: string[]): Promise<{ report: Report; stderr: string }> => {
  const run = await coord({ folder, env: { COORD_URL: url } }, ['import', 'COORDINATION', '--project', PROJECT, ...options]);
  expect({ code: run.code, stderr: run.stderr }).toMatchObject({ code: 0 });
  return { report: run.data as unknown as Report, stderr: run.stderr };
};
const get = async (path: string): Promise<Json> => (await (await fetch(`${url}/api/coord${path}`)).json()) as Json;
const everything = async (path: string): Promise<Json[]> => {
  const { items, next_cursor } = await get(path);
  return [...listOf(items), ...(next_cursor === null ? [] : await everything(`${path.replace(/&cursor=.*/, '')}&cursor=${String(next_cursor)}`))];
};
const position = async (): Promise<string | null> => (await fetch(`${url}/api/coord/status`)).headers.get('coord-position');

// The four follow each other: each begins with what the one before has left.
test('a dry run reports what would be taken, and writes nothing', async () => {
  const before = await position();
  const { report } = await importing('--dry-run');
  expect(report).toMatchObject({ dry_run: true, ...expected });
  expect(await position()).toBe(before);
});

test('every record is taken that can be, and each of the others is reported with its reason', async () => {
  const start = performance.now();
  const { report, stderr } = await importing();
  process.stderr.write(`${report.files} files imported in ${((performance.now() - start) / 1_000).toFixed(1)} s\n`);
  expect({ files: report.files, counts: report.counts, reasons: report.reasons }).toEqual(expected);
  expect(stderr).toContain(`messages: ${expected.counts.message.taken} of `);
});

test('what was taken is in the engine once, as it was', async () => {
  const messages = await everything(`/messages?project_key=${PROJECT}&limit=500`);
  expect(messages).toHaveLength(expected.counts.message.taken);
  const locks = await everything(`/locks?project_key=${PROJECT}&limit=500`);
  expect(locks).toHaveLength(expected.counts.claim.taken);
});

test('a second run takes nothing, writes nothing, and says so', async () => {
  const before = await position();
  const { report } = await importing();
  const known = Object.fromEntries(
    Object.entries(expected.counts).map(([kind, { taken, not_taken }]) => [kind, { taken: 0, known: taken, not_taken }]),
  );
  expect({ counts: report.counts, reasons: report.reasons }).toEqual({ counts: known, reasons: expected.reasons });
  expect(await position()).toBe(before);
});
