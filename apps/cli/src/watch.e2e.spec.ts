import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api } from '../../../test/support/api';
import { coord, type RunningCoord, startCoord } from '../../../test/support/coord-command';

let api: Api;
let folder: string;
const where = () => ({ folder, env: { COORD_URL: api.url, COORD_SESSION_ID: 'A/x' } });
const running = (...args: string[]): Promise<RunningCoord> => startCoord(where(), args);

beforeAll(async () => {
  api = await Api.start();
  api.clock.advance(Date.now() - api.clock.now());
  folder = await temporaryFolder();
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

test('status --watch shows the board again when something happens, and ends cleanly on Ctrl-C', async () => {
  const watch = await running('status', '--watch', '--text');
  await watch.says(/^Coord .*, position \d+\n/);
  await api.claim('watched', 'B/x', 'src/menu.c');
  await watch.says(/watched +src\/menu\.c +B\/x/);
  const { code, stderr } = await watch.signal('SIGINT');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('status --watch as JSON is a board a line', async () => {
  const watch = await running('status', '--watch');
  await watch.says('\n');
  await api.claim('lines', 'B/x', 'docs');
  await watch.says(/\n.*"project_key":"lines".*\n/);
  const { stdout } = await watch.signal('SIGTERM');
  for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ schema_version: 1, data: { locks: expect.anything() } });
});

test('status --at shows the board as it was', async () => {
  const { position } = await api.done('GET', '/status');
  await api.claim('later', 'B/x', 'src');
  const [then, now] = await Promise.all(
    [['--at', String(position)], []].map(async (at) => (await coord(where(), ['status', '--project', 'later', ...at])).data.locks),
  );
  expect([then, now]).toMatchObject([[], [{ resource: 'src' }]]);
});

test('msg watch prints what is unread and what comes, each once, and marks it as read when it is told to', async () => {
  await api.message('B/x', 'A/x', { subject: 'before' });
  const watch = await running('msg', 'watch', '--text', '--mark-read');
  await watch.says('MESSAGE FROM B/x — before\n');
  await api.message('B/x', 'A/x', { subject: 'one' });
  await watch.says('MESSAGE FROM B/x — one\n');
  await api.message('B/x', null, { subject: 'two' });
  await watch.says('MESSAGE FROM B/x — two\n');
  const { code, stdout } = await watch.signal('SIGINT');
  expect({ code, heads: stdout.split('\n').filter((line) => line.startsWith('MESSAGE')).length }).toEqual({ code: 0, heads: 3 });
  expect((await coord(where(), ['msg', 'inbox'])).data).toEqual([]);
});

test('msg watch --once waits for a message and ends with it', async () => {
  const watch = await running('msg', 'watch', '--once');
  const sent = await api.message('B/x', 'A/x', { subject: 'awaited' });
  expect((await watch.ended()).data).toMatchObject({ id: sent.id });
});

test('a reply goes to who asked, in the thread, and marks the question as read; acknowledging does too', async () => {
  const asked = await api.message('B/x', 'A/x', { subject: 'Which port?', type: 'question', ack_required: true });
  const replied = await coord(where(), ['msg', 'reply', String(asked.id).slice(-8), '8001']);
  expect(replied.data).toMatchObject({ to_session: 'B/x', subject: 'Re: Which port?', body: '8001', type: 'response', reply_to: asked.id });
  expect((await coord(where(), ['msg', 'unanswered'])).data).toMatchObject([{ id: asked.id, read: true }]);
  expect((await coord(where(), ['msg', 'ack', String(asked.id)])).data).toMatchObject({ acknowledged_at: expect.any(String) });
  expect((await coord(where(), ['msg', 'unanswered'])).data).toEqual([]);
  expect((await coord(where(), ['msg', 'thread', String(replied.data.id)])).data).toMatchObject([{ id: asked.id }, { id: replied.data.id }]);
});
