import { Api, idsOf, listOf } from '../../../../test/support/api';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const HOSTILE = [
  "'; drop schema log cascade; --",
  '<script>alert(1)</script>',
  '| a | b |\n|---|---|\n# heading\n[x](javascript:alert(1)) `code` **bold** ![i](x)',
  '$1 $now %s {{7*7}} \\',
  '\u202eevil\u2028line\u0007 \ud83d\ude00 é\u0301',
  '__proto__',
];

test.each(HOSTILE)('%j is data, wherever it stands', async (text) => {
  const [p, session] = [`p ${text}`, `s ${text}`].map((key) => key.replaceAll(/\p{Cc}/gu, ' '));
  const query = new URLSearchParams({ project_key: p ?? '' });
  const lock = await api.claim(p ?? '', session ?? '', 'db:x', { description: text });
  const component = { project_key: p, component: session, state: 's', version: text, notes: text, updated_by: session };
  const metadata = JSON.parse(JSON.stringify({ nested: { list: [text] } }).replace('"nested"', JSON.stringify(text))) as object;
  expect(await api.done('PUT', '/components', component)).toMatchObject(component);
  const message = await api.message(session ?? '', session ?? '', {
    project_key: p,
    subject: text,
    body: text,
    references: [text],
    metadata,
    type: 'blocker',
  });

  expect((await api.get(`/locks?${query}`)).body).toMatchObject([{ id: lock.id, description: text, session_id: session, project_key: p }]);
  expect((await api.get(`/components/${encodeURIComponent(p ?? '')}/${encodeURIComponent(session ?? '')}`)).body).toMatchObject(component);
  const { body } = await api.get(`/messages/${message.id}`);
  expect(body).toMatchObject({ subject: text, body: text, references: [text] });
  expect(JSON.stringify(body.metadata)).toBe(JSON.stringify(metadata));
  expect(idsOf((await api.get(`/messages?${query}&to_session=${encodeURIComponent(session ?? '')}&unread_only=true`)).body)).toEqual([message.id]);
  expect((await api.get(`/status?${query}`)).body).toMatchObject({
    locks: [{ description: text }],
    components: [{ notes: text }],
    blockers: [{ body: text }],
  });
  expect(listOf((await api.get(`/history?${query}&session_id=${encodeURIComponent(session ?? '')}`)).body).length).toBeGreaterThan(2);
  expect(listOf((await api.get('/projects')).body).map(({ project_key }) => project_key)).toContain(p);
});

const MOST = Number.MAX_SAFE_INTEGER;
test.each([
  ['projects', '/projects', [{ after: '\0' }, { after: '\ud800' }, { after: 1 }]],
  ['locks', '/locks', [{ after: '\0' }, { after: 1e300 }, { after: MOST }]],
  [
    'components',
    '/components',
    [
      { asOf: MOST, before: -MOST },
      { asOf: '\0', before: 1 },
    ],
  ],
  ['component-history', '/components/p/c/history', [{ after: MOST }, { after: -MOST }, { after: 2 ** 31 }]],
  [
    'work-items',
    '/work-items',
    [
      { priority: MOST, position: 1 },
      { priority: -MOST, position: 1 },
      { priority: 1, position: MOST },
    ],
  ],
  [
    'found-messages',
    '/messages?q=x',
    [
      { rank: MOST, position: 1 },
      { rank: 1, position: -MOST },
    ],
  ],
])('a cursor that someone made up for %s is taken or refused', async (list, path, places) => {
  for (const place of places) {
    const cursor = Buffer.from(JSON.stringify({ list, ...place })).toString('base64url');
    const { status, body } = await api.get(`${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`);
    if (status !== 200) expect([place, body]).toMatchObject([place, { errors: [{ field: 'cursor' }] }]);
  }
});

test('a cursor of another list is refused', async () => {
  await api.done('POST', '/todos', { text: 'first' });
  await api.done('POST', '/todos', { text: 'second' });
  const cursor = String((await api.get('/todos?limit=1')).body.next_cursor);
  expect((await api.get(`/todos?cursor=${cursor}`)).body).toMatchObject({ items: [{ text: 'second' }] });
  for (const list of ['locks', 'locks/queue', 'messages', 'messages/unanswered', 'history', 'sessions', 'tasks', 'workflows'])
    expect([list, (await api.get(`/${list}?cursor=${cursor}`)).body]).toMatchObject([list, { errors: [{ field: 'cursor' }] }]);
});

describe('the page for people', () => {
  test('holds no markup of others', async () => {
    const p = 'markup';
    for (const text of HOSTILE)
      await api.claim(p, `s ${text}`.replaceAll(/\p{Cc}/gu, ' '), `db:${text.replaceAll(/\p{Cc}/gu, '')}`, { description: text });
    const { text, headers } = await api.get(`/status.md?project_key=${p}`);
    expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(text).not.toMatch(/<script|[^\\]\[x|[^\\]`code|[^\\]\*\*bold/);
    expect(text.match(/^#.*$/gm)).toEqual(['# Status', '## Locks', '## Components', '## Workflows', '## Sessions', '## Blockers']);
    const rows = text.split('\n').filter((line) => line.startsWith('| markup'));
    expect(rows.map((row) => row.replaceAll('\\|', '').split('|').length)).toEqual(HOSTILE.map(() => 10));
  });
  test('says so where there is nothing', async () => {
    const { text } = await api.get('/status.md?project_key=nothing');
    expect(text.match(/^None\.$/gm)).toHaveLength(5);
  });
});
