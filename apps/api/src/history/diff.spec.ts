import type { DiffEvent } from '@projections/history/index';
import { changesIn } from './diff';

let position = 0;
const event = (stream: string, type: string, data: Record<string, unknown> = {}): DiffEvent => ({
  position: String(++position),
  stream,
  type,
  at: new Date('2026-05-12T12:00:00.000Z'),
  actor: 'A',
  project_key: 'p',
  subject: null,
  data,
});

it('says of a component how it was before and how it is after, however often it changed', () => {
  const before = event('component-p/api', 'ComponentUpdated', { component: 'api', state: 'built' });
  const events = ['deploying', 'deployed'].map((state) => event('component-p/api', 'ComponentUpdated', { component: 'api', state }));
  expect(changesIn(events, [before]).components).toEqual([
    { project_key: 'p', component: 'api', events: 2, from: { component: 'api', state: 'built' }, to: { component: 'api', state: 'deployed' } },
  ]);
});

it('says that something is new', () => {
  const { components, others } = changesIn(
    [event('component-p/api', 'ComponentUpdated', { component: 'api' }), event('message-1', 'MessageSent')],
    [],
  );
  expect([components[0]?.from, others.messages?.[0]?.from]).toEqual([null, null]);
});

it('lists locks by what happened to them, whatever that is', () => {
  const types = ['LockClaimed', 'LockClaimed', 'LockBroken', 'LockRequestQueued'];
  const { locks } = changesIn(
    types.map((type) => event('lock-p', type)),
    [],
  );
  expect(Object.entries(locks).map(([word, all]) => [word, all.map(({ type }) => type)])).toEqual([
    ['claimed', ['LockClaimed', 'LockClaimed']],
    ['released', []],
    ['expired', []],
    ['broken', ['LockBroken']],
    ['request_queued', ['LockRequestQueued']],
  ]);
});

it('knows other concepts by their streams', () => {
  const earlier = event('todo-7', 'TodoAdded');
  const { others } = changesIn([event('todo-7', 'TodoChanged'), event('workitem-8', 'WorkItemAdded'), event('todo-7', 'TodoCompleted')], [earlier]);
  expect(others).toMatchObject({
    todos: [
      { id: '7', stream: 'todo-7', events: 2, types: ['TodoChanged', 'TodoCompleted'], from: { type: 'TodoAdded' }, to: { type: 'TodoCompleted' } },
    ],
    workitems: [{ id: '8', from: null, to: { type: 'WorkItemAdded' } }],
  });
});

it('counts events by type', () => {
  const events = ['A', 'B', 'A'].map((type) => event('x-1', type));
  expect(changesIn(events, []).types).toEqual({ A: 2, B: 1 });
});
