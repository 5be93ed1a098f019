import { closeSync, openSync, writeSync } from 'node:fs';
import { Api, idsOf, type Json, listOf } from '../../../../test/support/api';
import { Names } from './names';
import { MESSAGES, ProjectFolder, removeProjectFolders } from './testing/project-folder';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(async () => {
  removeProjectFolders();
  await api.close();
});

const newFolder = (project = api.name('p')): ProjectFolder => new ProjectFolder(api.url, project);
const messagesOf = async ({ project_key }: ProjectFolder): Promise<Json[]> => listOf((await api.get(`/messages?project_key=${project_key}`)).body);
const sent = async ({ project_key }: ProjectFolder): Promise<Json[]> =>
  listOf((await api.get(`/history?project_key=${project_key}&type=MessageSent`)).body).map(({ data }) => data as Json);
const tell = (folder: ProjectFolder, more: object = {}) =>
  api.message('coordinator', 'project-instance', { project_key: folder.project_key, type: 'directive', ...more });

const CONVERSATION = MESSAGES.filter(({ id }, i) => MESSAGES.findIndex((each) => each.id === id) === i);
const [directive, question, response] = ['directive', 'question', 'response'].map((type) => CONVERSATION.find((each) => each.type === type));
const AN_INBOX = '.coordination/inbox';

test('the conversation of the reference goes to the engine as it is, in its order, and comes out in another folder the same', async () => {
  const [one, two] = [newFolder(), newFolder()];
  one.writeConversation();
  const before = one.everything();
  await one.mirror();
  expect(one.everything()).toMatchObject(before);
  const engine = await sent(one);
  expect(engine.map(({ external_id }) => external_id)).toEqual(CONVERSATION.map(({ id }) => id).sort());
  expect(engine[0]).toMatchObject({ from_session: 'coordinator', to_session: 'project-instance', type: 'directive', priority: 'high' });
  expect(engine[0]).toMatchObject({ body: directive?.content, metadata: { timestamp: '2025-11-16T15:30:45.000Z' } });

  const other = new ProjectFolder(api.url, one.project_key);
  await other.mirror();
  for (const message of CONVERSATION)
    expect(other.json(`.coordination/${message.to === 'coordinator' ? 'outbox' : 'inbox'}/${message.id}.json`)).toEqual({
      ...{ priority: 'normal', references: [] },
      ...message,
    });
  expect(other.text('.coordination/messages.jsonl')).toBe(one.text('.coordination/messages.jsonl'));
  expect(other.lines('.coordination/messages.jsonl').map(({ id }) => id)).toEqual(CONVERSATION.map(({ id }) => id).sort());
  expect(other.json('.progress/current-task.json')).toMatchObject({ task_id: 'layer3-renderer-implementation', blocked_on: null });
  await two.mirror();
  expect(two.text('.coordination/messages.jsonl')).toBe('');
});

test('a second run changes nothing, byte for byte', async () => {
  const folder = newFolder();
  folder.writeConversation();
  await tell(folder);
  await folder.mirror();
  const before = folder.everything('.');
  const nothing = { sent: [], read: [], written: [], archived: [], tasks: [], set_aside: [] };
  expect(await folder.mirror()).toEqual(nothing);
  expect(folder.everything('.')).toEqual(before);
});

test('what is appended to messages.jsonl by hand is sent, also over several lines, and stands there once, a line each', async () => {
  const folder = newFolder();
  folder.write(`${AN_INBOX}/msg-1.json`, { ...directive, id: 'msg-1' });
  await folder.mirror();
  const pretty = folder.text(`${AN_INBOX}/msg-1.json`);
  folder.append('.coordination/messages.jsonl', pretty + JSON.stringify({ ...question, id: 'msg-2' }) + JSON.stringify({ ...question, id: 'msg-3' }));
  await folder.mirror();
  expect(folder.lines('.coordination/messages.jsonl').map(({ id }) => id)).toEqual(['msg-1', 'msg-2', 'msg-3']);
  expect((await sent(folder)).map(({ external_id }) => external_id)).toEqual(['msg-1', 'msg-2', 'msg-3']);
  expect(folder.names('.coordination/outbox')).toEqual([]);
  folder.append('.coordination/messages.jsonl', `${JSON.stringify({ ...directive, id: 'msg-4' })}\n`);
  await folder.mirror();
  expect(folder.names(AN_INBOX)).toEqual(['msg-1.json', 'msg-4.json']);
});

test('what is written through a file that was open when messages.jsonl was put in order, once or twice, is not lost', async () => {
  const folder = newFolder();
  const log = '.coordination/messages.jsonl';
  const say = (id: string): string => JSON.stringify({ ...question, id }, null, 2);
  folder.append(log, say('msg-1'));
  const open = openSync(folder.at(log), 'a');
  const mirror = await folder.open();
  await mirror.pass();
  writeSync(open, `\n${say('msg-2')}\n`);
  await mirror.pass();
  folder.append(log, say('msg-3'));
  await mirror.pass();
  writeSync(open, `${say('msg-4')}\n`);
  closeSync(open);
  await mirror.pass();
  await mirror.close();
  expect(folder.lines(log).map(({ id }) => id)).toEqual(['msg-1', 'msg-2', 'msg-3', 'msg-4']);
});

test('a message of the engine appears in the inbox, and a response to its id answers it', async () => {
  const folder = newFolder();
  const asked = await tell(folder, { type: 'question', subject: 'Coverage', body: 'How much?', metadata: { artifacts: 'none', x: 1 } });
  const note = await tell(folder, { type: 'note', metadata: { task_id: 't' }, references: [asked.id] });
  await api.message('somebody', null, { project_key: folder.project_key });
  await folder.mirror();
  const files = folder.names(AN_INBOX).map((name) => folder.json(`${AN_INBOX}/${name}`));
  const about = (id: unknown) => files.find(({ metadata }) => metadata?.coord?.message_id === id);
  expect(about(asked.id)).toMatchObject({ from: 'coordinator', to: 'project-instance', type: 'question', content: 'Coverage\n\nHow much?' });
  expect(about(asked.id)?.metadata).toEqual({
    coord: { message_id: asked.id, type: 'question', subject: 'Coverage', metadata: { artifacts: 'none', x: 1 } },
  });
  expect(about(note.id)).toMatchObject({ type: 'progress', metadata: { task_id: 't', coord: { type: 'note' } }, references: [about(asked.id)?.id] });
  expect(files).toHaveLength(3);

  const unanswered = async () => idsOf((await api.get(`/messages/unanswered?project_key=${folder.project_key}`)).body);
  expect(await unanswered()).toEqual([asked.id]);
  const answer = { ...response, from: 'project-instance', to: 'coordinator', id: 'msg-a', references: [String(about(asked.id)?.id)] };
  folder.write('.coordination/outbox/msg-a.json', answer);
  await folder.mirror();
  expect(await unanswered()).toEqual([]);
});

test('a note is no message of a file, also where its subject is the one that files get', async () => {
  const folder = newFolder();
  await tell(folder, { type: 'note', subject: 'note', body: 'x', external_id: 'msg-note' });
  await folder.mirror();
  expect(folder.json(`${AN_INBOX}/msg-note.json`)).toMatchObject({ type: 'progress', metadata: { coord: { type: 'note' } } });
  expect(await folder.mirror()).toMatchObject({ written: [], set_aside: [] });
});

test('what the agent moves to the archive was read, and what was read by other ways is moved there', async () => {
  const folder = newFolder();
  folder.writeConversation();
  await folder.mirror();
  folder.move(`${AN_INBOX}/${directive?.id}.json`, `.coordination/archive/2025-11-16/${directive?.id}.json`);
  await folder.mirror();
  const [first, , third, fourth] = await messagesOf(folder);
  expect([first?.read, third?.read, fourth?.read]).toEqual([true, false, false]);
  await api.done('PUT', `/messages/${third?.id}/read`, { session_id: 'project-instance' });
  await api.done('PUT', `/messages/${fourth?.id}/read`, { session_id: 'coordinator' });
  await folder.mirror();
  expect(folder.names(AN_INBOX)).toEqual([]);
  expect(folder.names('.coordination/archive/2026-05-12')).toEqual([`${response?.id}.json`, 'msg-20251116-170000.json']);
  folder.remove('.coordination/archive');
  await folder.mirror();
  expect(folder.names('.coordination/archive')).toEqual([]);
});

test('names of files stand for sessions', async () => {
  const folder = newFolder();
  folder.writeConversation();
  const names = new Names('HQ/claude-main', 'WORKSHOP/claude-main');
  await api.message('HQ/claude-main', 'WORKSHOP/claude-main', { project_key: folder.project_key, external_id: 'msg-hq' });
  await folder.mirror({ names });
  expect(folder.json(`${AN_INBOX}/msg-hq.json`)).toMatchObject({ from: 'coordinator', to: 'project-instance' });
  expect((await sent(folder))[1]).toMatchObject({ from_session: 'HQ/claude-main', to_session: 'WORKSHOP/claude-main' });
});
