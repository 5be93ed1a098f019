import { Api, idsOf } from '../../../../test/support/api';
import { LiveBoards } from './live-boards';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
  await api.done('GET', '/status'); // a database that is new has no tables before somebody leads
});
afterAll(() => api.close());

test('who asks for the same board at the same time gets the same one, and no board of another project or session', async () => {
  const boards = api.app.get(LiveBoards);
  const ask = (n: number, filter: object) => Array.from({ length: n }, () => boards.board(filter));
  const [all, one, other, own] = [ask(10, {}), ask(10, { projectKey: 'p' }), ask(1, { projectKey: 'q' }), ask(1, { sessionId: 'p' })];
  // the first, and one for all who came while it was under way
  expect(new Set(await Promise.all(all)).size).toBe(2);
  expect(new Set(await Promise.all(one)).size).toBe(2);
  expect(new Set(await Promise.all([...all, ...one, ...other, ...own])).size).toBe(6);
});

test('a board that many ask for shows every write that was answered before each of them asked', async () => {
  const works = Array.from({ length: 8 }, async (_, worker) => {
    for (let n = 0; n < 10; n += 1) {
      const { id } = await api.claim('p', `S/${worker}`, `r/${worker}/${n}`);
      expect(idsOf((await api.done('GET', '/status?project_key=p')).locks)).toContain(id);
    }
  });
  await Promise.all(works);
});
