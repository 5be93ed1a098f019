import { type Answer, call, listAll } from './support/calls';
import { createDatabase, type TestDatabase } from './support/database';
import { startEngine, stopEngines } from './support/engine';

jest.setTimeout(60_000);
const ROUNDS = 10;
type Item = { id: string; assigned_to: string | null };

let database: TestDatabase;
let urls: string[];

beforeAll(async () => {
  database = await createDatabase();
  urls = [(await startEngine({ databaseUrl: database.url })).url, (await startEngine({ databaseUrl: database.url })).url];
});

afterAll(async () => {
  await stopEngines();
  await database.drop();
});

/** The instances by turns. */
const url = (n: number): string => urls[n % 2] as string;

async function done<Body>(answer: Promise<Answer<Body>>): Promise<Body> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`It was answered with ${status}: ${JSON.stringify(body)}`);
  return body;
}
/** A project with a workflow of so many items. */
async function project(project_key: string, size: number): Promise<Item[]> {
  const workflow = await done(call(url(0), 'POST', '/workflows', { body: { project_key, name: 'W', created_by: 'A' } }));
  const body = { workflow_id: workflow.id, project_key, title: 'I' };
  return Promise.all(Array.from({ length: size }, (_, n) => done(call<Item>(url(n), 'POST', '/work-items', { body }))));
}
const claimNext = (n: number, project_key: string, session_id: string, headers?: Record<string, string>) =>
  call<Item>(url(n), 'POST', '/work-items/claim', { body: { project_key, session_id }, headers });

describe('two instances on one database', () => {
  test('give sixteen callers at once different items, or none', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `raced-${round}`;
      const items = await project(name, 10);
      const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => claimNext(n, name, `S${n}`)));
      const taken = answers.flatMap(({ status, body }, n) => (status === 200 ? [{ ...body, by: `S${n}` }] : []));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([
        ...Array.from({ length: 10 }, () => 200),
        ...Array.from({ length: 6 }, () => 204),
      ]);
      expect(taken.map(({ id }) => id).toSorted()).toEqual(items.map(({ id }) => id).toSorted());
      for (const { assigned_to, by } of taken) expect(assigned_to).toBe(by);
      expect(await listAll(url(round), `/history?project_key=${name}&type=WorkItemChanged`)).toHaveLength(10);
    }
  });

  test('give one key one item, whichever of them it reaches, and however many others claim meanwhile', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `keyed-${round}`;
      await project(name, 12);
      const headers = { 'idempotency-key': `key-${round}` };
      const others = Array.from({ length: 6 }, (_, n) => claimNext(n, name, `S${n}`));
      const mine = await Promise.all(Array.from({ length: 10 }, (_, n) => claimNext(n, name, 'mine', headers)));
      await Promise.all(others);
      expect(new Set(mine.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
      expect((await call(url(round), 'GET', `/work-items?project_key=${name}&assigned_to=mine`)).body).toHaveLength(1);
    }
  });

  test('let two changes at once make no cycle together', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, two] = await project(`cycle-${round}`, 2);
      const depend = (n: number, item: Item | undefined, on: Item | undefined) =>
        call(url(n), 'PATCH', `/work-items/${item?.id}`, { body: { depends_on: [on?.id] } });
      const answers = await Promise.all([depend(round, one, two), depend(round + 1, two, one)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    }
  });

  test('show at once what was written on the other', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `seen-${round}`;
      const [one] = await project(name, 2);
      await done(call(url(round), 'PATCH', `/work-items/${one?.id}`, { body: { status: 'completed' } }));
      const [workflow] = await done(call<object[]>(url(round + 1), 'GET', `/workflows?project_key=${name}`));
      expect(workflow).toMatchObject({ progress: { total: 2, completed: 1, percent: 50 } });
    }
  });
});
