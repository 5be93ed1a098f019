import { given } from '../testing/given';
import { componentDecider, componentStream, type UpdateComponent } from './component.decider';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const update = (more: Partial<UpdateComponent> = {}): UpdateComponent => ({
  type: 'UpdateComponent',
  project_key: 'p',
  component: 'server',
  state: 'deployed',
  updated_by: 'A',
  now: T0,
  ...more,
});
const updated = (more: object = {}) => ({
  type: 'ComponentUpdated' as const,
  data: {
    ...{ project_key: 'p', component: 'server', state: 'deployed', version: null as string | null, notes: null as string | null },
    ...{ updated_by: 'A', updated_at: '2026-05-12T15:30:00.000Z', revision: 1 },
    ...more,
  },
});

describe('a component', () => {
  test('begins with revision 1 and null for what was left out', () => {
    given(componentDecider, []).when(update()).thenEvents([updated()]);
  });
  test('keeps what is omitted and clears what is null', () => {
    const before = [updated({ version: '1', notes: 'n' })];
    given(componentDecider, before)
      .when(update({ state: 'degraded', notes: null }))
      .thenEvents([updated({ state: 'degraded', version: '1', revision: 2 })]);
  });
  test('is not written when nothing changes, whoever says so', () => {
    given(componentDecider, [updated({ version: '1' })])
      .when(update({ version: '1', updated_by: 'B', now: T0 + 1 }))
      .thenEvents([]);
  });
  test('is written for the revision that the caller has seen', () => {
    given(componentDecider, [updated()])
      .when(update({ state: 'x', if_match: 1 }))
      .thenEvents([updated({ state: 'x', revision: 2 })]);
  });
  test('is refused for another revision, naming the current one', () => {
    given(componentDecider, [updated()])
      .when(update({ state: 'x', if_match: 2 }))
      .thenRefused({ problem: 'revision-conflict', current_revision: 1 });
    given(componentDecider, [])
      .when(update({ if_match: 1 }))
      .thenRefused({ problem: 'revision-conflict', current_revision: 0 });
  });
  test('has a stream of its own, wherever the slashes are', () => {
    expect(componentStream('a/b', 'c')).not.toBe(componentStream('a', 'b/c'));
  });
});
