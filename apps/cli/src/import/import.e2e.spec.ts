import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type CoordClient, createClient } from '@coord/client/index';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { type Json, listOf } from '../../../../test/support/api';
import { coord } from '../../../../test/support/coord-command';
import { startEngine, stopEngines } from '../../../../test/support/engine';
import { ARCHIVE } from './archive';
import { importTree, type Report } from './import-tree';
import { type Expected, growTree } from './testing/grown-tree';

/** `COORD_IMPORT_ROUNDS=139` grows a tree of 5,000 files. */
const ROUNDS = Number(process.env.COORD_IMPORT_ROUNDS ?? 11);
jest.setTimeout(120_000);

const PROJECT = 'workshop';
let url: string;
let folder: string;
let expected: Expected;
const now = Date.now();

beforeAll(async () => {
  ({ url } = await startEngine());
  folder = await temporaryFolder();
  expected = growTree(join(folder, 'COORDINATION'), ROUNDS, now);
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
const sessionsOf = (moment: number): Record<'alive' | 'busy' | 'gone', string> => {
  const seconds = Math.floor(moment / 1_000) - 10_000;
  return { alive: `session-${seconds}`, busy: `session-${seconds + 1}`, gone: `session-${seconds - 400_000}` };
};
/** Who wrote what kind of message to whom, and whether it was read: of some of a tree's first round. */
const toldAt = (moment: number): unknown[][] => {
  const { alive, busy, gone } = sessionsOf(moment);
  return [
    ['note-0', alive, 'ALL_SESSIONS', 'note', 'normal', false],
    ['old-0', gone, ARCHIVE, 'completion', 'normal', true],
    ['q-0', busy, alive, 'question', 'urgent', false],
    ['r-0', gone, alive, 'note', 'normal', true],
  ];
};
const told = (messages: readonly Json[]): unknown[][] =>
  messages
    .map(({ metadata, from_session, to_session, type, priority, read }) => [idIn(metadata), from_session, to_session, type, priority, read])
    .filter(([id]) => /^(note|old|q|r)-0$/.test(String(id)))
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
const idIn = (metadata: unknown): unknown => (metadata as { coordination?: Json }).coordination?.external_id;
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
  expect(told(messages)).toEqual(toldAt(now));
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

/** A client whose process is killed when it writes the `nth` time to a path that ends so. */
function cutOff(path: string, nth: number): CoordClient {
  let left = nth;
  const api = createClient({ url, patienceMs: 0 });
  const dying = (method: 'POST' | 'PUT') => {
    const call = api[method].bind(api) as (to: string, init: object) => unknown;
    return (to: string, init: object) => {
      if (to.endsWith(path)) left -= 1;
      if (left <= 0) throw new Error('killed');
      return call(to, init);
    };
  };
  return { ...api, GET: api.GET.bind(api), POST: dying('POST'), PUT: dying('PUT') } as unknown as CoordClient;
}

test('an import that is cut off, wherever, ends as if it had not been', async () => {
  const moment = now - 5_000; // so that its sessions are others
  const { alive, busy, gone } = sessionsOf(moment);
  const tree = join(folder, 'cut', 'COORDINATION');
  const { counts } = growTree(tree, 1, moment);
  const options = { project_key: 'cut', dryRun: false, now: moment, broadcastDays: 7, progress: () => undefined };
  for (const [path, nth] of [
    ['/sessions', 2],
    ['/heartbeat', 1],
    ['/messages', 5],
    ['/messages/read', 1],
    ['/end', 1],
  ] as const)
    await expect(importTree(tree, { ...options, api: cutOff(path, nth) })).rejects.toThrow('killed');
  mkdirSync(join(tree, `messages/direct/${alive}/archive`));
  renameSync(join(tree, `messages/direct/${alive}/no-id-no-time-0.json`), join(tree, `messages/direct/${alive}/archive/no-id-no-time-0.json`));
  await importTree(tree, { ...options, api: createClient({ url }) });
  const messages = await everything('/messages?project_key=cut&limit=500');
  expect(messages).toHaveLength(counts.message.taken);
  expect(told(messages)).toEqual(toldAt(moment));
  expect(messages.find(({ body }) => String(body).includes('ping 0'))).toMatchObject({ to_session: alive, read: true });
  const states = await Promise.all([alive, busy, gone, ARCHIVE].map((session) => get(`/sessions/${encodeURIComponent(session)}`)));
  expect(states.map(({ status }) => status)).toEqual(['active', 'active', 'ended', 'ended']);
  expect(states[0]).toMatchObject({ last_heartbeat: { action: 'building', target: 'church-guidance', progress: 25 } });
  const before = await position();
  await importTree(tree, { ...options, api: createClient({ url }) });
  expect(await position()).toBe(before);
});
