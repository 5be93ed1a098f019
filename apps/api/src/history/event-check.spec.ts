import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_REMEMBERED } from '@coord/command-runner/index';
import type { Decider, DomainEvent } from '@coord/domain/decider';
import { namingDecider, namingStream } from '@coord/domain/session/index';
import { EVENT_TYPES } from '@coord/domain/shapes/index';
import { workGraphDecider, workGraphStream } from '@coord/domain/work-item/index';
import { type RecordedEvent, type RestoredEvent, Upcasts } from '@coord/event-store/index';
import { busyDay } from '@projections/testing/busy-day';
import { id, iso, NOON } from '@projections/testing/history';
import { EventCheck } from './event-check';
import { importedEvent } from './imported-event';

const NOW = NOON;
const TODAY = new Upcasts([]);

/** A day of which every type of event is a part; what no busy day has comes from its decider, too. */
function wholeDay(seed: number): RecordedEvent[] {
  const history = busyDay(2_000, seed);
  const decide = <State, Command, Event extends DomainEvent>(stream: string, decider: Decider<State, Command, Event>, command: Command): void => {
    history.append(stream, decider.decide(command, decider.initialState) as Event[]);
  };
  decide(namingStream('1'), namingDecider, { type: 'NameSession', session_id: 'A', instead_of: null, now: NOW });
  const about = { project_key: 'p', work_item_id: id(1), held: [id(2)], now: NOW };
  decide(workGraphStream('p'), workGraphDecider, { type: 'SetWorkDependencies', ...about, revision: 0, held: [], depends_on: [id(2)] });
  const graph = new Map([[id(1), [{ revision: 1, depends_on: [id(2), id(3)] }]]]);
  const settled = workGraphDecider.decide({ type: 'SettleWorkDependencies', ...about, revision: 1 }, workGraphDecider.initialState.concat(graph));
  history.append(workGraphStream('p'), settled as DomainEvent[]);
  history.append('lock-p', [{ type: KEY_REMEMBERED, data: {} }]);
  return history.events;
}

function imported(events: readonly RecordedEvent[], upcasts = TODAY): RestoredEvent[] {
  const check = new EventCheck(upcasts);
  return events.map((event, i) => importedEvent({ number: i + 1, text: JSON.stringify(event) }, event.position - 1, check).event);
}

test('whatever the deciders write passes as it is, and that is every type that has a shape', () => {
  const types = new Set<string>();
  for (const seed of [1, 2, 3, 4]) {
    const events = wholeDay(seed);
    expect(imported(events)).toEqual(events.map(({ position: _, ...event }) => event));
    for (const { type } of events) types.add(type);
  }
  expect([...types].sort()).toEqual([...EVENT_TYPES, KEY_REMEMBERED].sort());
});

test('every type of event that the domain declares has a shape', () => {
  const domain = join(__dirname, '../../../../libs/domain');
  const sources = readdirSync(domain, { recursive: true, encoding: 'utf8' }).filter((path) => /(?<!\.spec)\.ts$/.test(path));
  const declared = sources.flatMap((path) =>
    [...readFileSync(join(domain, path), 'utf8').matchAll(/DomainEvent<\s*'(\w+)'/g)].map(([, type]) => type),
  );
  expect([...new Set(declared)].sort()).toEqual([...EVENT_TYPES].sort());
});

describe('what is refused', () => {
  const day = wholeDay(1);
  const some = (type: string): RecordedEvent => day.find((event) => event.type === type) as RecordedEvent;
  const refusal = (event: RestoredEvent, upcasts = TODAY): string | null => new EventCheck(upcasts).misfit(event);
  const having = (type: string, data: object): RestoredEvent => ({ ...some(type), data: { ...some(type).data, ...data } });

  test.each([...EVENT_TYPES])('%s without data, by the name of what is missing', (type) => {
    expect(refusal({ ...some(type), data: {} })).toMatch(new RegExp(`^data\\.\\w+ of ${type} must be .+`));
  });

  test.each<[string, string, object]>([
    ['data.lock_id of LockClaimed must be a UUID', 'LockClaimed', { lock_id: 'x' }],
    ['data.resource of LockClaimed must be a path, a pattern or a key that can be locked', 'LockClaimed', { resource: '../x' }],
    ['data.fence of LockClaimed must be an integer from 1 to', 'LockClaimed', { fence: 1.5 }],
    ['data.ttl_hours of LockClaimed must be a number from 0 to 720', 'LockClaimed', { ttl_hours: 1e300 }],
    ['data.mode of LockClaimed must be one of exclusive, shared', 'LockClaimed', { mode: 'mine' }],
    ['data.acquired_at of LockClaimed must be a time in UTC with milliseconds', 'LockClaimed', { acquired_at: '2026-02-30T00:00:00.000Z' }],
    ['data.acquired_at of LockClaimed must be a time in UTC with milliseconds', 'LockClaimed', { acquired_at: '2026-02-03T01:00:00+01:00' }],
    ['data.stale.last_activity_at of LockReleased must be a time', 'LockReleased', { stale: {} }],
    ['data.from_session of MessageSent must be a string of 1 to 200 characters', 'MessageSent', { from_session: 'é'.repeat(201) }],
    ['data.references of MessageSent must be a list of items, each a string', 'MessageSent', { references: ['a', 1] }],
    ['data.gate.status of QualityGateReported must be one of passed, failed, not_run', 'QualityGateReported', { gate: { status: 'green' } }],
    ['data.changes.completed_steps of TaskProgressed must be a list', 'TaskProgressed', { changes: { completed_steps: null } }],
    ['data.revision of ComponentUpdated must be an integer from 1 to', 'ComponentUpdated', { revision: 2 ** 31 }],
    ['data.changes.priority of WorkItemChanged must be an integer', 'WorkItemChanged', { changes: { priority: 'high' } }],
    ['data.changes of WorkItemChanged must be an object', 'WorkItemChanged', { changes: [] }],
  ])('%s', (said, type, data) => {
    expect(refusal(having(type, data))).toContain(said);
  });

  test('an event in a stream that is not its own', () => {
    expect(refusal({ ...some('LockClaimed'), stream: 'lock-other' })).toMatch(/^stream of LockClaimed must be lock-[pq], as its data say$/);
    expect(refusal({ ...some('SessionNamed'), stream: 'lock-p' })).toContain('stream of SessionNamed must be naming-');
  });

  test('a todo in the tree of todos that goes nowhere, and one beside the tree that goes somewhere', () => {
    const about = { todo_id: id(1), project_key: null, changed_by: null, changed_at: iso(NOW) };
    const changed = { ...some('TodoCompleted'), type: 'TodoChanged' };
    expect(refusal({ ...changed, stream: 'todotree', data: { ...about, changes: { text: 't' } } })).toContain(
      'data.changes.parent_id of TodoChanged',
    );
    expect(refusal({ ...changed, stream: 'todotree', data: { ...about, changes: { parent_id: null } } })).toBeNull();
  });

  test('a stream without its beginning, and one that begins twice', () => {
    const [early, late] = [some('TaskProgressed'), some('TodoAdded')];
    expect(refusal({ ...early, revision: 0 })).toBe(`revision 0 of the stream ${early.stream} must be a TaskStarted, not a TaskProgressed`);
    expect(refusal({ ...late, revision: 1 })).toBe(`revision 1 of the stream ${late.stream} must not be a TodoAdded, which comes first`);
  });

  test('a component with two changes of one revision', () => {
    const check = new EventCheck(TODAY);
    const again = { ...some('ComponentUpdated'), revision: 1 };
    expect(check.misfit(some('ComponentUpdated'))).toBeNull();
    expect(check.misfit(again)).toBe('data.revision of ComponentUpdated must be above 1, that of the change before it');
  });

  test('a type, or a version of a type, that only a newer engine knows: it must not be half understood', () => {
    const said = 'an export of a newer version goes into an engine of that version or a later one';
    expect(refusal({ ...some('LockClaimed'), type: 'LockLent' })).toBe(`type LockLent is unknown to this version; ${said}`);
    const newer = { ...some('LockClaimed'), metadata: { ...some('LockClaimed').metadata, schema: 2 } };
    expect(refusal(newer)).toBe(`metadata.schema of LockClaimed must be at most 1 in this version; ${said}`);
  });
});

test('an event of an older shape is checked as what it is read as', () => {
  const first = busyDay(300).events.find(({ type }) => type === 'ComponentUpdated') as RecordedEvent;
  const { state: _, ...old } = first.data;
  const written = { ...first, type: 'ComponentSet', data: { ...old, status: 'built' } };
  const upcasts = new Upcasts([
    { type: 'ComponentSet', schema: 1, becomes: 'ComponentUpdated', upcast: (data) => ({ ...data, version: data.version ?? null }) },
    { type: 'ComponentUpdated', schema: 1, upcast: ({ status, ...data }) => ({ ...data, state: status }) },
  ]);
  expect(imported([written], upcasts)).toMatchObject([{ type: 'ComponentSet', data: { status: 'built' }, metadata: { schema: 1 } }]);
  expect(new EventCheck(upcasts).misfit({ ...written, data: old })).toBe('data.state of ComponentUpdated must be a string');
});
