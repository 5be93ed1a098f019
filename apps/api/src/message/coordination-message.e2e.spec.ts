import { Api, idsOf, type Json, listOf } from '../../../../test/support/api';
import { MESSAGES } from '../schemas/testing/coordination-examples';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

type Example = (typeof MESSAGES)[number] & { priority?: string; metadata?: object };

describe.each(MESSAGES.map((message) => [message.type, message] as [string, Example]))('a message of type %s', (type, message) => {
  const { id, from, to, content, timestamp, priority = 'normal', references = [], metadata = {} } = message;

  test('is sent in the fields of the API, with the document’s id, references and metadata', async () => {
    const project_key = api.name('p');
    const body = {
      from_session: from,
      to_session: to,
      subject: type,
      body: content,
      type,
      priority,
      references,
      metadata,
      external_id: id,
      project_key,
    };
    const { external_id: _, ...kept } = body;
    expect(await api.call('POST', '/messages', { body })).toMatchObject({ status: 201, body: kept });
    expect((await api.call('POST', '/messages', { body })).status).toBe(200);
  });
  test('is sent as the file that it is, and once, however often', async () => {
    const file = { ...message, project_key: api.name('p') };
    const sent = await api.call('POST', '/messages', { body: file });
    expect(sent).toMatchObject({
      status: 201,
      body: { from_session: from, to_session: to, body: content, type, priority, references, metadata, read: false, project_key: file.project_key },
    });
    expect(sent.body.metadata).toMatchObject({ timestamp: new Date(timestamp).toISOString() });
    expect(await api.call('POST', '/messages', { body: file })).toMatchObject({ status: 200, body: { id: sent.body.id } });
  });
});

test('a response that is sent as a file answers the question that it refers to', async () => {
  const project_key = api.name('p');
  const send = (type: string) => api.done('POST', '/messages', { ...(MESSAGES.find((each) => each.type === type) as object), project_key });
  const unanswered = async () => idsOf((await api.get(`/messages/unanswered?project_key=${project_key}`)).body);
  const question = await send('question');
  expect(question.subject).toBe('question: layer3-renderer-implementation');
  expect(await unanswered()).toEqual([question.id]);
  await send('response');
  expect(await unanswered()).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['without an id and of another type', { id: undefined, type: 'gossip' }, ['id', 'type']],
  ['with a gate that has no status', { metadata: { quality_gates: { mypy: {} } } }, ['metadata.quality_gates.mypy.status']],
  ['with a field that no message has', { contents: 'x' }, ['contents']],
  ['with a NUL', { content: '\0' }, ['content']],
])('a file %s is refused with its own fields', async (_, change, fields) => {
  const answer = await api.call('POST', '/messages', { body: { ...MESSAGES[0], project_key: api.name('p'), ...change } });
  expect(answer.body).toMatchObject({ status: 422, type: 'urn:coord:problem:invalid-request' });
  expect(listOf(answer.body.errors as Json).map(({ field }) => field)).toEqual(expect.arrayContaining(fields));
  expect(listOf(answer.body.errors as Json)).toHaveLength(fields.length);
});

test('a message in the fields of the API with one of a file’s is refused as ever', async () => {
  const body = { from_session: 'A', from: 'A', subject: 's', body: 'b', content: 'c' };
  const { errors } = (await api.call('POST', '/messages', { body })).body;
  expect(listOf(errors).map(({ field }) => field)).toEqual(['from', 'content']);
});
