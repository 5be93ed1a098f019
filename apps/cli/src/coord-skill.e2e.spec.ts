import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api, idsOf, type Json, listOf } from '../../../test/support/api';
import { type CommandRun, coord, type Surroundings } from '../../../test/support/coord-command';

/** The table of reference 002, line by line, as somebody with its `identity.json` types it. */
let api: Api;
let here: Surroundings;
const ME = 'DESKTOP-0O8A1RL/claude-main';

const run = (...args: string[]): Promise<CommandRun> => coord(here, args);
/** As a person sees it. */
async function text(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args, '--text');
  if (code !== 0) throw new Error(`coord ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}
/** As a program reads it. */
async function data(...args: string[]): Promise<Json> {
  const { code, stdout, stderr } = await run(...args);
  if (code !== 0) throw new Error(`coord ${args.join(' ')} ended with ${code}: ${stderr}`);
  expect(JSON.parse(stdout)).toEqual({ schema_version: 1, data: expect.anything() });
  return (JSON.parse(stdout) as Json).data as Json;
}

beforeAll(async () => {
  api = await Api.start();
  here = { folder: await temporaryFolder() };
  await mkdir(join(here.folder, '.claude'));
  const identity = { user: 'mike', machine: 'DESKTOP-0O8A1RL', coord_api: api.url };
  await writeFile(join(here.folder, '.claude', 'identity.json'), JSON.stringify(identity));
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

describe('status', () => {
  test('shows locks, components, workflows', async () => {
    await api.claim('gururmm', 'HOWARD-HOME/claude-main', 'server/src/api/credentials.rs', { description: 'Adding credential endpoints' });
    await api.done('PUT', '/components/gururmm/server', { state: 'deployed', version: '0.3.0', updated_by: 'HOWARD-HOME/claude-main' });
    await api.done('POST', '/workflows', { project_key: 'gururmm', name: 'Network Discovery', created_by: 'HOWARD-HOME/claude-main' });
    const [shown, read] = await Promise.all([text('status'), data('status')]);
    expect(shown).toMatch(/^Coord 2026-05-12T12:00:00\.000Z, position \d+\n/);
    expect(shown).toMatch(/gururmm +server\/src\/api\/credentials\.rs +HOWARD-HOME\/claude-main .* in 2 h +Adding credential endpoints\n/);
    expect(shown).toMatch(/Network Discovery +gururmm +planning +0 of 0, 0 %/);
    expect(shown).toMatch(/gururmm +server +deployed +0\.3\.0 +HOWARD-HOME\/claude-main/);
    expect(read).toMatchObject({ locks: [{ resource: 'server/src/api/credentials.rs' }], components: [{ component: 'server' }] });
  });
});

describe('msg send', () => {
  test.each([
    ['ALL', 'ALL_SESSIONS'],
    ['Fleet', 'ALL_SESSIONS'],
    ['broadcast', 'ALL_SESSIONS'],
    ['HOWARD-HOME', 'HOWARD-HOME/claude-main'],
    ['HOWARD-HOME/claude-main', 'HOWARD-HOME/claude-main'],
    ['user', 'user'],
    ['session-1763229251', 'session-1763229251'],
  ])('to %s is to %s', async (to, to_session) => {
    expect(await data('msg', 'send', to, 'subject', 'body')).toMatchObject({ from_session: ME, to_session, subject: 'subject', body: 'body' });
  });

  test('to the name of a registered session is to that session', async () => {
    await api.done('POST', '/sessions', { session_id: 'build-bot' });
    expect(await data('msg', 'send', 'build-bot', 's', 'b')).toMatchObject({ to_session: 'build-bot' });
  });

  test('takes the body from a file as it is, or from standard input', async () => {
    const body = 'line "one"\n$HOME `two`\n';
    await writeFile(join(here.folder, 'body.txt'), body);
    expect(await data('msg', 'send', 'HOWARD-HOME', 's', '--body-file', 'body.txt')).toMatchObject({ body });
    const piped = await coord(here, ['msg', 'send', 'HOWARD-HOME', 's', '--body-file', '-'], body);
    expect(piped.data).toMatchObject({ body });
  });

  test('says on a terminal where it went', async () => {
    expect(await text('msg', 'send', 'ALL', 'Restart at noon', 'body')).toMatch(/^Sent to ALL_SESSIONS: Restart at noon\nid [0-9a-f-]{36}\n$/);
  });

  test('without a body is a mistake that says what to give', async () => {
    const { code, stderr } = await run('msg', 'send', 'ALL', 's');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--body-file <path>') });
  });
});

describe('msg inbox and msg read', () => {
  test('print unread messages in the form of reference 001, until they are read', async () => {
    const { id } = await api.message('HOWARD-HOME/claude-main', ME, { subject: 'macOS build pipeline', body: 'build-agents.sh updated.\nWire in.' });
    expect(await text('msg', 'inbox')).toContain(`${'='.repeat(60)}
MESSAGE FROM HOWARD-HOME/claude-main — macOS build pipeline
${'='.repeat(60)}
build-agents.sh updated.
Wire in.
${'='.repeat(60)}
id ${id} `);
    expect(await data('msg', 'inbox')).toMatchObject([{ id, read: false }]);
    expect(await text('msg', 'read', String(id))).toBe('Read: macOS build pipeline (from HOWARD-HOME/claude-main)\n');
    const [unread, unreadText, all] = await Promise.all([data('msg', 'inbox'), text('msg', 'inbox'), data('msg', 'inbox', '--all')]);
    expect(unread).toEqual([]);
    expect(unreadText).toBe('No unread messages.\n');
    expect(idsOf(all)).toContain(id);
  });

  test('an id that is unknown ends with 5', async () => {
    expect((await run('msg', 'read', '0190f0f0-0000-7000-8000-000000000000')).code).toBe(5);
  });
});

describe('todo', () => {
  let parent: Json;

  test('add fills in who and where', async () => {
    parent = await data('todo', 'add', 'Roll out the agent');
    expect(parent).toMatchObject({ text: 'Roll out the agent', created_by_user: 'mike', created_by_machine: 'DESKTOP-0O8A1RL', status: 'pending' });
  });

  test('add takes every option of the table', async () => {
    const options = ['--user', 'howard', '--project', 'gururmm', '--parent', String(parent.id), '--source', 'standup', '--auto'];
    const wanted = { assigned_to_user: 'howard', project_key: 'gururmm', parent_id: parent.id, source: 'standup', auto: true };
    expect(await data('todo', 'add', 'Update the Mac', ...options)).toMatchObject(wanted);
    await writeFile(join(here.folder, 'todo.txt'), 'long\ntext');
    expect(await data('todo', 'add', '--text-file', 'todo.txt')).toMatchObject({ text: 'long\ntext' });
  });

  test('list takes user, project and status', async () => {
    const texts = async (...options: string[]): Promise<string[]> => listOf(await data('todo', 'list', ...options)).map((todo) => String(todo.text));
    expect(await Promise.all([texts('--user', 'howard'), texts('--project', 'gururmm'), texts('--status', 'done')])).toEqual([
      ['Update the Mac'],
      ['Update the Mac'],
      [],
    ]);
    expect(await text('todo', 'list')).toMatch(
      /ID +TODO .*\n[0-9a-f]{8} +Roll out the agent .*\n[0-9a-f]{8} +Update the Mac +howard +gururmm +mike@DESKTOP-0O8A1RL/,
    );
  });

  test('done says who completed it; reopen takes it back, by the short id of the table', async () => {
    expect(await data('todo', 'done', String(parent.id))).toMatchObject({ status: 'done', completed_by: 'mike' });
    expect(await text('todo', 'reopen', String(parent.id).slice(-8))).toBe(`Open again: Roll out the agent\nid ${parent.id}\n`);
  });
});

describe('lock', () => {
  test('claim, list and release', async () => {
    const lock = await data('lock', 'claim', 'dataforth-dos', 'src/menu.c', 'Fixing the menu');
    expect(lock).toMatchObject({ session_id: ME, project_key: 'dataforth-dos', description: 'Fixing the menu', ttl_hours: 2 });
    const list = await text('lock', 'list', '--project', 'dataforth-dos');
    expect(list).toMatch(/^ID +PROJECT .*\n[0-9a-f]{8} +dataforth-dos +src\/menu\.c +DESKTOP-0O8A1RL\/claude-main .* in 2 h +Fixing the menu\n$/);
    expect(await text('lock', 'release', String(lock.id))).toBe(`Released: src/menu.c of dataforth-dos, that ${ME} held.\n`);
    expect(await data('lock', 'list', '--project', 'dataforth-dos')).toEqual([]);
  });

  test('claim takes a ttl in hours, and shows on a terminal what to keep', async () => {
    const shown = await text('lock', 'claim', 'dataforth-dos', 'docs', 'd', '--ttl', '0.5');
    expect(shown).toMatch(/^Locked docs of dataforth-dos for \S+, until 2026-05-12T12:30:00\.000Z \(in 30 min\), fence \d+\.\nid [0-9a-f-]{36}\n/);
  });
});

describe('component set', () => {
  const set = ['component', 'set', 'gururmm', 'dashboard', 'deployed', '--version', '0.2.39'];

  test('takes a version of its own, and notes', async () => {
    const wanted = { project_key: 'gururmm', component: 'dashboard', state: 'deployed', version: '0.2.39', updated_by: ME };
    expect(await data(...set)).toMatchObject(wanted);
    expect(await data(...set, '--notes', 'live')).toMatchObject({ ...wanted, notes: 'live' });
    expect(await text('component', 'get', 'gururmm', 'dashboard')).toMatch(/^gururmm\/dashboard: deployed 0\.2\.39\nby .*, revision 2\nlive\n$/);
  });
});

test('takes text that begins with a dash, as the older skill does', async () => {
  expect(await data('msg', 'send', 'ALL', '- parser', '- fixed the parser')).toMatchObject({ subject: '- parser', body: '- fixed the parser' });
  expect(await data('todo', 'add', '-- look again')).toMatchObject({ text: '-- look again' });
  expect(await data('lock', 'claim', 'dashes', 'a', '- moving it', '--ttl', '1')).toMatchObject({ description: '- moving it', ttl_hours: 1 });
});
