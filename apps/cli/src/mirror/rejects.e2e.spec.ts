import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Api, listOf } from '../../../../test/support/api';
import { until } from '../../../../test/support/until';
import { CURRENT_TASK, MESSAGES, ProjectFolder, removeProjectFolders } from './testing/project-folder';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(async () => {
  removeProjectFolders();
  await api.close();
});

const [directive] = MESSAGES;
const message = (id: string, more: object = {}) => ({ ...directive, id, ...more });
const sentIn = async ({ project_key }: ProjectFolder): Promise<unknown[]> =>
  listOf((await api.get(`/history?project_key=${project_key}&type=MessageSent`)).body).map(({ data }) => data?.external_id);

test('a file that is no message is set aside with the reason, and does not stop the rest', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const bad: [string, string | object, RegExp][] = [
    ['msg-torn.json', '{"id": "msg-torn", "fr', /no JSON object/],
    ['msg-list.json', '[]', /no JSON object/],
    ['msg-bare.json', { id: 'msg-bare' }, /must have required property 'content'/],
    ['msg-type.json', message('msg-type', { type: 'gossip' }), /\/type: must be equal to one of/],
    ['msg-field.json', message('msg-field', { contents: 'x' }), /\(contents\)/],
    ['msg-time.json', message('msg-time', { timestamp: 'yesterday' }), /timestamp: must be an ISO 8601 time/],
    ['msg-nul.json', message('msg-nul', { content: 'a\0b' }), /NUL/],
    ['msg-other.json', message('msg-other', { project_key: 'other' }), /names the project other/],
  ];
  for (const [name, content] of bad) folder.write(`.coordination/inbox/${name}`, content);
  folder.write('.coordination/inbox/msg-good.json', message('msg-good'));
  folder.write('.coordination/inbox/msg-empty.json', '');
  folder.write('.coordination/inbox/README', 'not a message');
  const report = await folder.mirror();
  expect(report.sent).toEqual(['msg-good']);
  expect(folder.names('.coordination/inbox')).toEqual(['README', 'msg-empty.json', 'msg-good.json']);
  for (const [name, content, reason] of bad) {
    const aside = `.coordination/rejected/${name}`;
    expect(folder.text(aside)).toBe(typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
    expect(folder.text(`${aside}.reason.txt`)).toMatch(reason);
  }
  expect(await folder.mirror()).toMatchObject({ written: [], set_aside: [] });
});

test('lines of messages.jsonl that are no messages are set aside, the others stay', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const lines = [message('msg-1'), { ...message('msg-2'), type: 'gossip' }, message('msg-3')].map((line) => JSON.stringify(line));
  folder.write('.coordination/messages.jsonl', `${lines[0]}\n${lines[1]}\nwhat is this\n{"id": "torn", "con\n${lines[2]}\n{"id": "to`);
  await folder.mirror();
  expect(folder.text('.coordination/messages.jsonl')).toBe(`${lines[0]}\n${lines[2]}\n`);
  const aside = folder.names('.coordination/rejected').filter((name) => name.endsWith('.jsonl'));
  expect(aside.map((name) => folder.text(`.coordination/rejected/${name}`)).sort()).toEqual(
    ['what is this', '{"id": "to', '{"id": "torn", "con', lines[1]].sort(),
  );
  for (const name of aside) expect(folder.exists(`.coordination/rejected/${name}.reason.txt`)).toBe(true);
});

test('another message under an id that was used is set aside, and the first one stands', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  folder.write('.coordination/inbox/msg-1.json', message('msg-1'));
  await folder.mirror();
  folder.write('.coordination/inbox/msg-20251117-090000.json', message('msg-1', { content: 'Something else' }));
  await folder.mirror();
  expect(folder.names('.coordination/inbox')).toEqual(['msg-1.json']);
  expect(folder.text('.coordination/rejected/msg-20251117-090000.json.reason.txt')).toMatch(/give it an id of its own/);
  expect(await sentIn(folder)).toEqual(['msg-1']);
});

test('an odd entry in a box stops nothing: links and folders stay where they are', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const waiting = await api.message('coordinator', 'project-instance', { project_key: folder.project_key, external_id: 'msg-waiting' });
  const inbox = '.coordination/inbox';
  folder.write('elsewhere.json', message('msg-elsewhere'));
  folder.write(`${inbox}/msg-good.json`, message('msg-good'));
  mkdirSync(folder.at(`${inbox}/msg-folder.json`));
  const links = { 'msg-waiting': 'nowhere', 'msg-waiting-2': 'msg-waiting-2.json', 'msg-link': '../../elsewhere.json' };
  for (const [name, to] of Object.entries(links)) symlinkSync(to, folder.at(`${inbox}/${name}.json`));
  expect(await folder.mirror()).toMatchObject({ sent: ['msg-good'], set_aside: [] });
  expect(folder.json(`${inbox}/msg-waiting-3.json`)).toMatchObject({ id: waiting.external_id ?? 'msg-waiting' });
  expect(readdirSync(folder.at(inbox))).toEqual(expect.arrayContaining([...Object.keys(links), 'msg-folder'].map((name) => `${name}.json`)));
  expect(await folder.mirror()).toMatchObject({ sent: [], written: [], set_aside: [] });
});

test('what is still being written is given a moment', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const text = JSON.stringify(message('msg-1'));
  const name = '.coordination/outbox/msg-1.json';
  folder.append(name, text.slice(0, 50));
  const mirror = await folder.open();
  expect(await mirror.pass()).toMatchObject({ again: true, report: { set_aside: [] } });
  folder.append(name, text.slice(50));
  expect(await mirror.pass()).toMatchObject({ again: false, report: { sent: ['msg-1'] } });

  folder.append('.coordination/messages.jsonl', '{"id": "msg-2",');
  expect(await mirror.pass()).toMatchObject({ again: true, report: { set_aside: [] } });
  await until('the line is set aside', async () => {
    await pause(50);
    return (await mirror.pass()).report.set_aside.length === 1;
  });
  await mirror.close();
});

test('two mirrors on one folder are one too many', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const first = await folder.open();
  await expect(folder.open()).rejects.toThrow(/Another coord mirror keeps this folder in step/);
  await first.close();
  await (await folder.open()).close();
});

test('a link is not followed out of the folder, and said', async () => {
  const files = ['.coordination/messages.jsonl', '.progress/completed-tasks.jsonl', '.progress/metrics.json', '.progress/current-task.json'];
  for (const name of [...files, '.coordination/inbox', 'schemas']) {
    const folder = new ProjectFolder(api.url, api.name('p'));
    folder.write('.coordination/outbox/msg-1.json', message('msg-1'));
    folder.write('.progress/current-task.json', CURRENT_TASK);
    folder.write('elsewhere/x', 'theirs');
    if (folder.exists(name)) folder.remove(name);
    symlinkSync(folder.at(files.includes(name) ? 'elsewhere/x' : 'elsewhere'), folder.at(name));
    await expect(folder.mirror()).rejects.toThrow(`${folder.at(name)} is a link`);
    expect([folder.text('elsewhere/x'), folder.names('elsewhere')]).toEqual(['theirs', ['x']]);
  }
});
