import type { QueuedLine } from './line';
import { lineFor, UNQUEUED } from './queueable';

const NOW = '2026-05-12T15:30:00.000Z';

function line(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): QueuedLine | null {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return lineFor({ method, headers: { 'idempotency-key': 'k', ...headers }, body: text }, path, NOW);
}

test('a write waits with its key, its query and the time at which it was meant', () => {
  expect(line('DELETE', '/api/coord/locks/7?session_id=A')).toEqual({
    ts: NOW,
    method: 'DELETE',
    path: '/api/coord/locks/7?session_id=A',
    body: null,
    idempotency_key: 'k',
    intended_at: NOW,
  });
  expect(line('PATCH', '/api/coord/todos/7', { text: 'x' })?.body).toEqual({ text: 'x' });
});

test.each([
  ['GET', '/api/coord/status', undefined],
  ['POST', '/api/coord/work-items/claim', { session_id: 'A', project_key: 'p' }],
  ['POST', '/api/coord/locks/verify', { session_id: 'A' }],
  ['POST', '/api/coord/sessions', { machine: 'M' }],
  ['POST', '/api/coord/sessions/A/heartbeat', {}],
  ['POST', '/api/coord/admin/import', {}],
  ['PUT', '/api/coord/messages/read', { session_id: 'A', all: true }],
])('%s %s does not wait', (method, path, body) => {
  expect(line(method, path, body)).toBeNull();
});

test.each([
  ['/api/coord/work-items/7/claim', { session_id: 'A' }],
  ['/api/coord/sessions', { session_id: 'A' }],
  ['/api/coord/sessions/A/heartbeat', { phase: 'tests' }],
  ['/api/coord/locks', { resource: 'a', wait_seconds: 0 }],
])('POST %s with %o waits', (path, body) => {
  expect(line('POST', path, body)).toMatchObject({ body, idempotency_key: 'k' });
});

test.each([
  ['PUT', '/api/coord/messages/read', { session_id: 'A', ids: ['7'] }],
  ['DELETE', '/api/coord/locks?session_id=A&release_all=true', undefined],
])('%s %s waits', (method, path, body) => {
  expect(line(method, path, body)).toMatchObject({ method, path });
});

test('a claim that would stand in line does so no more, under another key', () => {
  expect(line('POST', '/api/coord/locks', { resource: 'a', wait_seconds: 30 })).toMatchObject({
    body: { resource: 'a' },
    idempotency_key: 'k-unhurried',
  });
});

test('a call that says so does not wait, nor one under a condition that a line can not hold', () => {
  expect(line('POST', '/api/coord/messages', {}, UNQUEUED.headers)).toBeNull();
  expect(line('PATCH', '/api/coord/work-items/7', {}, { 'if-match': '"3"' })).toBeNull();
});
