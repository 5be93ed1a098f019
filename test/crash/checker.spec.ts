import { check } from './checker';
import type { Evidence, HistoryEvent, Hold, Operation, Try } from './record';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const at = (ms: number): string => new Date(T0 + ms).toISOString();

const events = (...all: Partial<HistoryEvent>[]): HistoryEvent[] => {
  const revisions = new Map<string, number>();
  return all.map((event, index) => {
    const stream = event.stream ?? 'lock-p';
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const rest = { type: 'LockClaimed', actor: 'A', correlation_id: 'a-1', data: {}, ...event };
    return { at: at(index), stream, revision, position: index + 1, ...rest };
  });
};

const lock = (id: string, session: string, resource: string, fence: number) => ({
  ...{ lock_id: id, project_key: 'p', session_id: session, resource, fence, mode: 'exclusive' },
  ...{ acquired_at: at(0), expires_at: null },
});

const claimed = (id: string, session: string, resource: string, fence: number, request: string): Partial<HistoryEvent> => ({
  type: 'LockClaimed',
  correlation_id: request,
  data: lock(id, session, resource, fence),
});
const released = (id: string, session: string, resource: string, fence: number, request: string): Partial<HistoryEvent> => ({
  ...claimed(id, session, resource, fence, request),
  type: 'LockReleased',
});

const answered = (requestId: string, status: number, position: number, body: Record<string, unknown>): Try => ({
  requestId,
  sentAt: T0 + position * 10,
  endedAt: T0 + position * 10 + 5,
  answer: { status, position, body },
});
const unanswered = (requestId: string): Try => ({ requestId, sentAt: T0, endedAt: T0 + 5, answer: null });

const operation = (kind: Operation['kind'], ...tries: Try[]): Operation => ({
  ...{ kind, project: 'p', session: 'A', call: 'POST /locks', keyed: tries.length > 1 },
  tries,
});
const claim = (id: string, resource: string, fence: number, request: string, position: number): Operation =>
  operation('claim', answered(request, 201, position, { id, resource, fence }));

const shown = (id: string, session: string, resource: string, fence: number) => {
  const { lock_id, ...rest } = lock(id, session, resource, fence);
  return { id: lock_id, ...rest, renewed_at: null };
};

const evidence = (more: Partial<Evidence>): Evidence => ({
  operations: [],
  holds: [],
  history: [],
  reads: { locks: [], components: [], unread: {} },
  ...more,
});
const complaints = (more: Partial<Evidence>): string => check(evidence(more)).join('\n');

const SOUND = {
  operations: [claim('1', 'src', 1, 'a-1', 1), operation('release', answered('a-2', 200, 2, { id: '1' })), claim('2', 'src', 2, 'b-1', 3)],
  history: events(claimed('1', 'A', 'src', 1, 'a-1'), released('1', 'A', 'src', 1, 'a-2'), claimed('2', 'B', 'src', 2, 'b-1')),
  reads: { locks: [shown('2', 'B', 'src', 2)], components: [], unread: {} },
};

describe('the checker', () => {
  test('has nothing against a sound history', () => {
    expect(check(evidence(SOUND))).toEqual([]);
  });

  test('finds an acknowledged write that is lost', () => {
    const history = SOUND.history.slice(0, 2);
    expect(complaints({ ...SOUND, history })).toContain('it was acknowledged, but 0 events say so');
  });

  test('finds a write that was doubled by a retry', () => {
    const told = { id: '1', resource: 'src', fence: 1 };
    const operations = [operation('claim', unanswered('a-1'), answered('a-2', 201, 2, told))];
    const history = events(claimed('1', 'A', 'src', 1, 'a-1'), claimed('1', 'A', 'src', 2, 'a-2'));
    expect(complaints({ operations, history })).toContain('2 tries of it wrote');
  });

  test('finds a write that one try did twice', () => {
    const message = { stream: 'message-m', type: 'MessageSent', data: { message_id: 'm', subject: 's' } };
    const operations = [operation('message', answered('a-1', 201, 2, { id: 'm', subject: 's' }))];
    expect(complaints({ operations, history: events(message, message) })).toContain('it was acknowledged, but 2 events say so');
  });

  test('finds a refused write that is in the log', () => {
    const operations = [operation('claim', answered('a-1', 503, 0, { detail: 'Database unavailable.' }))];
    expect(complaints({ operations, history: events(claimed('1', 'A', 'src', 1, 'a-1')) })).toContain('it was refused, but wrote LockClaimed');
  });

  test('leaves it open whether a write without an answer is in the log', () => {
    const operations = [operation('claim', unanswered('a-1'))];
    const reads = { locks: [shown('1', 'A', 'src', 1)], components: [], unread: {} };
    expect(check(evidence({ operations }))).toEqual([]);
    expect(check(evidence({ operations, history: events(claimed('1', 'A', 'src', 1, 'a-1')), reads }))).toEqual([]);
  });

  test('finds a key that is answered in two ways', () => {
    const [first, second] = [
      answered('a-1', 201, 1, { id: '1', resource: 'src', fence: 1 }),
      answered('a-2', 201, 1, { id: '2', resource: 'src', fence: 1 }),
    ];
    const history = events(claimed('1', 'A', 'src', 1, 'a-1'));
    expect(complaints({ operations: [operation('claim', first, second)], history })).toContain('answered in two ways');
  });

  test('finds a resource that two hold, also where the resources only overlap', () => {
    const history = events(claimed('1', 'A', 'src', 1, 'a-1'), claimed('2', 'B', 'src/*.ts', 2, 'b-1'));
    expect(complaints({ history })).toContain('B gets src/*.ts, which A holds (src)');
  });

  test('finds two that were sure to hold a resource at the same time', () => {
    const hold = (session: string, from: number, until: number): Hold => ({
      ...{ lock_id: session, project: 'p', session, resource: 'src/a.ts', mode: 'exclusive' },
      ...{ from, until },
    });
    expect(check(evidence({ holds: [hold('A', 0, 10), hold('B', 10, 20)] }))).toEqual([]);
    expect(complaints({ holds: [hold('A', 0, 11), hold('B', 10, 20)] })).toContain('B held src/a.ts (B) while A held src/a.ts (A)');
  });

  test('finds a fence that is used again', () => {
    const history = events(claimed('1', 'A', 'src', 1, 'a-1'), released('1', 'A', 'src', 1, 'a-2'), claimed('2', 'B', 'src', 1, 'b-1'));
    expect(complaints({ history })).toContain('Position 3 grants fence 1 after 1');
  });

  test('finds a fence that is lower than one that was told before', () => {
    const operations = [claim('1', 'src', 2, 'a-1', 1), claim('2', 'docs', 1, 'b-1', 2)];
    expect(complaints({ operations })).toContain('Fence 1 was granted to a claim that was sent after fence 2');
  });

  test('finds a gap between positions', () => {
    const history = SOUND.history.map((event, index) => (index === 2 ? { ...event, position: 4 } : event));
    expect(complaints({ ...SOUND, history })).toContain('Position 3 is followed by 4');
  });

  test('finds an event that nobody asked for', () => {
    expect(complaints({ ...SOUND, operations: SOUND.operations.slice(0, 2) })).toContain('Nobody asked for LockClaimed at position 3');
  });

  test('finds a lock that ends twice', () => {
    const history = events(claimed('1', 'A', 'src', 1, 'a-1'), released('1', 'A', 'src', 1, 'a-2'), released('1', 'A', 'src', 1, 'a-3'));
    expect(complaints({ history })).toContain('LockReleased of 1, which is not live');
  });

  test('finds a read model that says something else than the log', () => {
    const reads = { ...SOUND.reads, locks: [] };
    expect(complaints({ ...SOUND, reads })).toContain('Lock 2 is shown as undefined');
  });

  test('finds an unread count that is not that of the log', () => {
    const message = { stream: 'message-m', type: 'MessageSent', data: { message_id: 'm', from_session: 'A', to_session: 'B' } };
    expect(complaints({ history: events(message), reads: { locks: [], components: [], unread: { A: 0, B: 2 } } })).toContain(
      'Unread count of B is shown as 2, the log says 1',
    );
  });
});
