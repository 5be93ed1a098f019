import { Api, idsOf } from '../../../../test/support/api';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const found = async (q: string, more = '') => idsOf((await api.get(`/messages?project_key=p&q=${encodeURIComponent(q)}${more}`)).body);

test('a message is found by its words as soon as it was sent', async () => {
  for (let n = 0; n < 20; n += 1) {
    const { id } = await api.message('A', 'B', { project_key: 'p', subject: `Ready${n}`, body: 'macOS pipeline' });
    expect(await found(`PIPELINE ready${n}`)).toEqual([id]);
  }
});

test('an inbox is searched for what is in it, and shows it', async () => {
  const session = api.name('reader');
  const { id } = await api.message('A', session, { project_key: 'p', body: 'aardvark' });
  await api.message('A', 'another', { project_key: 'p', body: 'aardvark' });
  const { body } = await api.get(`/messages?project_key=p&q=aardvark&to_session=${session}`);
  const { delivered_to: _, read_by: __, acknowledged_by: ___, ...message } = (await api.get(`/messages/${id}`)).body;
  expect(body).toEqual([message]);
  expect((await api.get(`/messages/${id}`)).body).toMatchObject({ delivered_to: [session] });
});

test('pages go from the best match on, and are those of a search only', async () => {
  for (const body of ['gnu', 'gnu gnu', 'a gnu', 'gnu gnu gnu']) await api.message('A', 'B', { project_key: 'p', subject: body, body });
  const whole = await found('gnu');
  const paged: string[] = [];
  for (let next = ''; paged.length < 9; ) {
    const { body } = await api.get(`/messages?project_key=p&q=gnu&limit=1${next}`);
    paged.push(...idsOf(body.items));
    if (body.next_cursor === null) break;
    next = `&cursor=${body.next_cursor}`;
  }
  expect([paged, paged.length]).toEqual([whole, 4]);
  const { body } = await api.get('/messages?project_key=p&q=gnu&limit=1');
  expect((await api.get(`/messages?project_key=p&limit=1&cursor=${body.next_cursor}`)).body).toMatchObject({ errors: [{ field: 'cursor' }] });
});

test.each(["'", 'a & | !', '(', '%', '\\', "'; drop table search.words; --", "''::tsquery", ':*'])(
  '%s finds nothing that it does not say',
  async (q) => {
    const { status, body } = await api.get(`/messages?project_key=none&q=${encodeURIComponent(q)}`);
    expect([status, body]).toEqual([200, []]);
  },
);

test('a question is answered by reply, or by naming it, within its project', async () => {
  const open = async () => idsOf((await api.get('/messages/unanswered?project_key=q')).body);
  const ask = (more: object) => api.message('A', 'B', { project_key: 'q', type: 'question', ...more });
  const [one, two, three] = [await ask({}), await ask({}), await ask({ external_id: 'q-3' })];
  expect(await open()).toEqual([one.id, two.id, three.id]);
  await api.message('B', 'A', { project_key: 'q', type: 'response', reply_to: one.id });
  await api.message('B', 'A', { project_key: 'q', type: 'response', references: [two.id, 'q-3'] });
  expect(await open()).toEqual([]);
});
