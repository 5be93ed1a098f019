import type { ComponentUpdated } from '@coord/domain/component/index';
import { History, iso, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { componentHistory, componentsProjection, findComponent, listComponents } from './index';

const revisions = new Map<string, number>();
const updated = (component: string, state: string, project_key = 'p'): ComponentUpdated => {
  const revision = (revisions.get(component) ?? 0) + 1;
  revisions.set(component, revision);
  return {
    type: 'ComponentUpdated',
    data: { project_key, component, state, version: null, notes: null, updated_by: 'A', updated_at: iso(NOON), revision },
  };
};

let readModel: ReadModel;
const history = new History();
const update = async (...events: ComponentUpdated[]) => {
  const before = history.events.length;
  history.append('components', events);
  await readModel.apply(history.events.slice(before));
};
beforeAll(async () => {
  readModel = await ReadModel.of(componentsProjection);
});
afterAll(() => readModel.close());

test('components are listed latest change first, by project and state', async () => {
  await update(updated('a', 'built'), updated('b', 'built'), updated('other', 'built', 'q'), updated('a', 'deployed'), updated('c', 'built'));
  const names = async (query: object) => (await listComponents(readModel.sql, { limit: 500, ...query })).map(({ component }) => component);
  expect(await names({})).toEqual(['c', 'a', 'other', 'b']);
  expect(await names({ projectKey: 'p' })).toEqual(['c', 'a', 'b']);
  expect(await names({ projectKey: 'p', state: 'built' })).toEqual(['c', 'b']);
  expect(await names({ projectKey: 'p', limit: 1 })).toEqual(['c']);
});

test('a component has its latest state and every one that it had', async () => {
  expect(await findComponent(readModel.sql, 'p', 'a')).toMatchObject({ state: 'deployed', revision: 2 });
  expect(await findComponent(readModel.sql, 'q', 'a')).toBeNull();
  const states = await componentHistory(readModel.sql, 'p', 'a', 0, 10);
  expect(states.map(({ state }) => state)).toEqual(['built', 'deployed']);
  expect(await componentHistory(readModel.sql, 'p', 'a', 1, 10)).toHaveLength(1);
});

test('pages skip and repeat nothing while components change and come', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `part ${i}`);
  await update(...names.map((name) => updated(name, 'built', 'paged')));
  const seen: string[] = [];
  let page: { asOf: number; before: number } | undefined;
  for (let turn = 0; ; turn += 1) {
    const rows = await listComponents(readModel.sql, { projectKey: 'paged', page, limit: 3 });
    seen.push(...rows.map(({ component }) => component));
    const last = rows.at(-1);
    if (!last) break;
    page = { asOf: page?.asOf ?? Number(rows[0]?.place), before: Number(last.place) };
    // one that was shown, one that was not, twice, and a new one
    await update(updated('part 11', `shown ${turn}`, 'paged'), updated('part 0', `x${turn}`, 'paged'), updated('part 0', `y${turn}`, 'paged'));
    await update(updated(`new ${turn}`, 'built', 'paged'));
  }
  expect(seen).toEqual([...names].reverse());
});
