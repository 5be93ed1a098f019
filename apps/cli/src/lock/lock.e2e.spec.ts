import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api, type Json, listOf } from '../../../../test/support/api';
import { type CommandRun, coord, startCoord } from '../../../../test/support/coord-command';
import { until } from '../../../../test/support/until';

let api: Api;
let folder: string;
const as = (session: string, ...args: string[]): Promise<CommandRun> =>
  coord({ folder, env: { COORD_URL: api.url, COORD_SESSION_ID: session } }, ['lock', ...args]);

beforeAll(async () => {
  api = await Api.start();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

test('check ends with 0 for what is free, and with 3 for what is held, with who, until when and what to do', async () => {
  await api.claim('check', 'A/x', 'src', { description: 'moving files' });
  const [free, mine, held, text] = await Promise.all([
    as('B/x', 'check', 'check', 'docs'),
    as('A/x', 'check', 'check', 'src/a.ts'),
    as('B/x', 'check', 'check', 'src/a.ts'),
    as('B/x', 'check', 'check', 'src/a.ts', '--text'),
  ]);
  expect([free, mine, held, text].map(({ code }) => code)).toEqual([0, 0, 3, 3]);
  expect(free.data).toEqual({ free: true, conflicts: [], mine: [] });
  expect(held.data).toMatchObject({ free: false, conflicts: [{ session_id: 'A/x', resource: 'src' }] });
  expect(text.stdout).toMatch(
    /^Held by A\/x for .*, until 2026-05-12T14:00:00\.000Z \(in 2 h\), as src \(exclusive\): moving files\n.*coord msg send A\/x/,
  );
});

test('a name that a shell would carry out is quoted in the command that is suggested', async () => {
  await api.claim('quoted', 'A/$(id) x', 'src');
  const { stdout } = await as('B/x', 'check', 'quoted', 'src', '--text');
  expect(stdout).toContain("coord msg send 'A/$(id) x' ");
});

test('a claim of what is held ends with 3, and so does a renewal of what has ended and a fence that is superseded', async () => {
  const lock = await api.claim('conflicts', 'A/x', 'src');
  const claim = await as('B/x', 'claim', 'conflicts', 'src/a.ts', 'mine');
  expect(claim.code).toBe(3);
  expect(JSON.parse(claim.stderr)).toMatchObject({ schema_version: 1, error: { holder: { session_id: 'A/x' } } });
  const broken = await as('B/x', 'break', String(lock.id).slice(-8), '--reason', 'A is gone');
  expect(broken.data).toMatchObject({ id: lock.id, status: 'broken', ended_by: 'B/x', end_reason: 'A is gone' });
  const [renewal, verification] = await Promise.all([
    as('A/x', 'renew', String(lock.id)),
    as('A/x', 'verify', 'conflicts', 'src', String(lock.fence)),
  ]);
  expect([renewal.code, verification.code]).toEqual([3, 3]);
});

test('release and renew find the lock by project and resource; what is not there ends with 5', async () => {
  const lock = await api.claim('named', 'A/x', 'src/a.ts');
  expect((await as('A/x', 'renew', 'named', 'src/a.ts', '--ttl', '5')).data).toMatchObject({ id: lock.id, ttl_hours: 5 });
  expect((await as('A/x', 'release', 'named', 'src/a.ts', '--reason', 'done')).data).toMatchObject({ id: lock.id, end_reason: 'done' });
  const [gone, unknown] = await Promise.all([as('A/x', 'release', 'named', 'src/a.ts'), as('A/x', 'renew', 'ffff0000')]);
  expect([gone.code, unknown.code]).toEqual([5, 5]);
});

test('explain tells what led to a lock', async () => {
  const lock = await api.claim('explained', 'A/x', 'src');
  const { stdout } = await as('A/x', 'explain', String(lock.id), '--text');
  expect(stdout).toMatch(/^src of explained\nValid: A\/x holds it under fence \d+.*\n {2}2026-05-12T12:00:00\.000Z {2}LockClaimed by A\/x\n$/);
});

test('release --all releases what the session holds', async () => {
  for (const resource of ['a', 'b']) await api.claim('all', 'ALL/x', resource);
  expect((await as('ALL/x', 'release', '--all')).data).toMatchObject({ released: 2 });
});

describe('wait', () => {
  const queue = async (project: string): Promise<Json[]> => listOf(await api.done('GET', `/locks/queue?project_key=${project}`));
  const waiting = async (project: string) => {
    const running = await startCoord({ folder, env: { COORD_URL: api.url, COORD_SESSION_ID: 'B/x' } }, ['lock', 'wait', project, 'src', 'next']);
    await until('it stands in line', async () => (await queue(project)).length === 1);
    return running;
  };

  test('claims as soon as it is free', async () => {
    const lock = await api.claim('waits', 'A/x', 'src');
    const running = await waiting('waits');
    await api.done('DELETE', `/locks/${lock.id}?session_id=A/x`);
    const { code, data } = await running.ended();
    expect({ code, data }).toMatchObject({ code: 0, data: { session_id: 'B/x', resource: 'src', description: 'next' } });
  });

  test('leaves the queue on Ctrl-C', async () => {
    await api.claim('leaves', 'A/x', 'src');
    const { code } = await (await waiting('leaves')).signal('SIGINT');
    expect(code).toBe(130);
    await until('the queue is empty', async () => (await queue('leaves')).length === 0);
  });

  test('gives up with 3 after its timeout', async () => {
    await api.claim('timeout', 'A/x', 'src');
    expect((await as('B/x', 'wait', 'timeout', 'src', '--timeout', '0')).code).toBe(3);
  });
});
