import { given } from '../testing/given';
import { cycleThrough, type WorkDependenciesSet, workGraphDecider } from './index';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const AT = '2026-05-12T15:30:00.000Z';
type Set = WorkDependenciesSet['data'];
const toSet = (work_item_id: string, depends_on: string[], more: Partial<Set> = {}): WorkDependenciesSet => ({
  type: 'WorkDependenciesSet',
  data: { project_key: 'p', work_item_id, revision: 2, held: [], depends_on, set_at: AT, ...more },
});
const command = (work_item_id: string, depends_on: string[], more: object = {}) => ({
  ...{ type: 'SetWorkDependencies' as const, project_key: 'p', work_item_id, revision: 1, held: [], depends_on, now: T0 },
  ...more,
});
const settle = (work_item_id: string, held: string[], revision: number) => ({
  ...{ type: 'SettleWorkDependencies' as const, project_key: 'p', work_item_id, revision, held, now: T0 },
});
const settled = (work_item_id: string, depends_on: string[], revision: number) => ({
  type: 'WorkDependenciesSettled' as const,
  data: { project_key: 'p', work_item_id, revision, depends_on, settled_at: AT },
});
const REFUSED = { problem: 'invalid-request', errors: [{ field: 'depends_on' }] };

describe('the graph of a project', () => {
  test('takes dependencies that make no cycle', () => {
    given(workGraphDecider, [toSet('b', ['a'])])
      .when(command('c', ['a', 'b']))
      .thenEvents([toSet('c', ['a', 'b'])]);
  });
  test('refuses what would make one, however long the way', () => {
    given(workGraphDecider, [])
      .when(command('a', ['a']))
      .thenRefused(REFUSED);
    given(workGraphDecider, [toSet('b', ['a']), toSet('c', ['x', 'b'])])
      .when(command('a', ['y', 'c']))
      .thenRefused(REFUSED);
  });
  test('names the way', () => {
    const graph = [toSet('b', ['a']), toSet('c', ['b'])].reduce(workGraphDecider.evolve, workGraphDecider.initialState);
    expect(cycleThrough(graph, 'a', ['c'])).toEqual(['a', 'c', 'b', 'a']);
    expect(cycleThrough(graph, 'd', ['c'])).toBeNull();
  });
  test('holds what an item has and what it is about to have', () => {
    const events = [toSet('a', ['c'], { held: ['b'] })];
    given(workGraphDecider, events)
      .when(command('b', ['a']))
      .thenRefused(REFUSED);
    given(workGraphDecider, events)
      .when(command('c', ['a']))
      .thenRefused(REFUSED);
  });
  test('forgets what an item was about to have once it has passed that revision', () => {
    const events = [toSet('a', ['b']), toSet('a', ['c'], { revision: 3, held: [] })];
    given(workGraphDecider, events)
      .when(command('b', ['a']))
      .thenEvents([toSet('b', ['a'])]);
  });
  test('keeps what two at once were about to make of an item, of which one will win', () => {
    const events = [toSet('a', ['b']), toSet('a', ['c'])];
    given(workGraphDecider, events)
      .when(command('b', ['a']))
      .thenRefused(REFUSED);
    given(workGraphDecider, events)
      .when(command('c', ['a']))
      .thenRefused(REFUSED);
  });
  test('is settled by what an item was seen to have, but for what is still under way', () => {
    const events = [toSet('a', ['b']), toSet('a', ['c'], { revision: 4, held: ['b'] })];
    given(workGraphDecider, events)
      .when(settle('a', [], 3))
      .thenEvents([settled('a', [], 3)]);
    given(workGraphDecider, [...events, settled('a', [], 3)])
      .when(command('b', ['a']))
      .thenEvents([toSet('b', ['a'])]);
    given(workGraphDecider, [...events, settled('a', [], 3)])
      .when(command('c', ['a']))
      .thenRefused(REFUSED);
    given(workGraphDecider, [...events, settled('a', [], 3)])
      .when(settle('a', [], 3))
      .thenEvents([]);
  });
  test('is the same after a snapshot', () => {
    const graph = [toSet('b', ['a']), toSet('a', ['c'], { held: ['d'] })].reduce(workGraphDecider.evolve, workGraphDecider.initialState);
    const { snapshot } = workGraphDecider;
    expect(snapshot?.fromJson(JSON.parse(JSON.stringify(snapshot.toJson(graph))))).toEqual(graph);
  });
  test('of a chain of a hundred thousand items is searched without a stack', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `i${i}`);
    const graph = workGraphDecider.initialState.withMutations((all) => {
      for (const [i, name] of names.entries()) if (i > 0) all.set(name, [{ revision: 1, depends_on: [names[i - 1] as string] }]);
    });
    expect(cycleThrough(graph, 'i0', ['i99999'])).toHaveLength(100_001);
  });
});
