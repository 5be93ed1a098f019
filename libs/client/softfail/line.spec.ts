import { intendedAt, linesOf, parseLine, type QueuedLine, withKeys } from './line';

const REFERENCE =
  '{"ts":"2026-05-12T15:30:00Z","method":"PUT","path":"/api/coord/components/gururmm/server","body":{"state":"deployed","version":"0.3.0","notes":"...","updated_by":"DESKTOP-0O8A1RL/claude-main"}}';
const keyOf = (line: QueuedLine | string | undefined): string | undefined => (typeof line === 'object' ? line.idempotency_key : undefined);

test('a line is read as reference 001 writes it', () => {
  expect(parseLine(REFERENCE).line).toEqual({
    ts: '2026-05-12T15:30:00Z',
    method: 'PUT',
    path: '/api/coord/components/gururmm/server',
    body: { state: 'deployed', version: '0.3.0', notes: '...', updated_by: 'DESKTOP-0O8A1RL/claude-main' },
  });
});

test.each([
  ['{"ts":"2026-05-12T15', 'no JSON object'],
  ['[]', 'no JSON object'],
  ['null', 'no JSON object'],
  ['{"path":"/api/coord/messages"}', '"method" is no HTTP method'],
  ['{"method":"CONNECT","path":"/api/coord/messages"}', '"method" is no HTTP method'],
  ['{"method":"POST"}', '"path" is no path such as /api/coord/messages'],
  ['{"method":"POST","path":"http://other/api"}', '"path" is no path such as /api/coord/messages'],
  ['{"method":"POST","path":"//other/api"}', '"path" is no path such as /api/coord/messages'],
  ['{"method":"POST","path":"/api/coord/a b"}', '"path" is no path such as /api/coord/messages'],
])('%s is no write', (raw, why) => {
  expect(parseLine(raw)).toEqual({ raw, line: why });
});

test('a key that no header can hold is none', () => {
  for (const key of ['', ' ', 'schlüssel', 'a\nb', 'x'.repeat(201), 7])
    expect(keyOf(parseLine(JSON.stringify({ method: 'POST', path: '/a', idempotency_key: key })).line)).toBeUndefined();
  expect(keyOf(parseLine('{"method":"POST","path":"/a","idempotency_key":"k 1"}').line)).toBe('k 1');
});

test('blank lines are none, and lines of Windows are lines', () => {
  expect(linesOf('\ufeffa\r\n\n  \nb\n')).toEqual(['a', 'b']);
  expect(linesOf('')).toEqual([]);
});

test('a line without a key gets one that derives from what it says and its place among its likes', () => {
  const [first, second, keyed] = withKeys([REFERENCE, REFERENCE, '{"method":"POST","path":"/a","idempotency_key":"k"}'].map(parseLine)).map(
    ({ line }) => line,
  );
  expect(keyOf(first)).toMatch(/^queued-[0-9a-f]{40}$/);
  expect(keyOf(second)).toMatch(/^queued-[0-9a-f]{40}$/);
  expect(keyOf(second)).not.toBe(keyOf(first));
  expect(keyOf(keyed)).toBe('k');
  expect(withKeys([parseLine(REFERENCE)]).map(({ line }) => keyOf(line))).toEqual([keyOf(first)]);
});

test('lines that have keys stay as they are, and broken ones too', () => {
  const entries = withKeys([REFERENCE, 'broken'].map(parseLine));
  expect(withKeys(entries)).toEqual(entries);
  expect(entries[1]?.raw).toBe('broken');
});

test('what else an old client has written stays in its line', () => {
  const [entry] = withKeys([parseLine('{"method":"POST","path":"/a","note":"by hand"}')]);
  expect(JSON.parse(entry?.raw ?? '')).toMatchObject({ note: 'by hand', idempotency_key: expect.any(String) as string });
});

test.each([
  [{ ts: '2026-05-12T15:30:00Z' }, '2026-05-12T15:30:00.000Z'],
  [{ ts: '2026-05-12T15:30:00Z', intended_at: '2026-05-12T17:29:00+02:00' }, '2026-05-12T15:29:00.000Z'],
  [{ ts: '2026-05-12T15:30:00Z', intended_at: 'yesterday' }, '2026-05-12T15:30:00.000Z'],
  [{ ts: '2026-05-12 15:30' }, null],
  [{ ts: '2026-13-45T99:00:00Z' }, null],
  [{ ts: '' }, null],
])('%o was meant at %s', (times, expected) => {
  expect(intendedAt({ method: 'PUT', path: '/a', body: null, ...times })).toBe(expected);
});
