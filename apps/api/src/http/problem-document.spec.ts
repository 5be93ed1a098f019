import { PROBLEMS, type ProblemName, problemAnswer } from './problem-document';
import { problemExample } from './problem-schemas';
import type { HttpProblem } from './problems';

it.each(Object.keys(PROBLEMS) as ProblemName[])('%s says what to do next, in sentences', (name) => {
  const { detail, status, type } = problemExample(name) as { detail: string; status: number; type: string };
  expect(detail).toMatch(/^[A-Z].{20,}\.$/s);
  expect({ status, type }).toEqual({ status: PROBLEMS[name].status, type: `urn:coord:problem:${name}` });
});

it.each([
  ['is unknown; did you mean ttl_hours?', 'ttl_hours?'],
  ['is too long: claim a shorter one.', 'one.'],
  ['must be true', 'true.'],
])('a sentence that says "%s" ends once', (message, end) => {
  const { detail } = problemAnswer({ problem: 'invalid-request', errors: [{ field: 'x', message }] }, '/x').body;
  expect(String(detail).split(' ').at(-1)).toBe(end);
});

it('an unknown route is not found', () => {
  const meant = { methods: [], slashInId: false };
  expect(problemAnswer({ problem: 'unknown-route', method: 'GET', path: '/x', meant }, '/x')).toMatchObject({
    status: 404,
    body: { type: 'urn:coord:problem:not-found', instance: '/x' },
  });
});

it('the store that is away keeps to the words of the protocol', () => {
  expect(problemAnswer({ problem: 'store-unavailable', outcome: 'unknown' }, '/x')).toEqual({
    status: 503,
    headers: { 'Retry-After': '30' },
    body: {
      type: 'urn:coord:problem:store-unavailable',
      title: 'The database is unavailable',
      status: 503,
      detail: 'Database unavailable. Retry after 30 seconds.',
      instance: '/x',
      retry_after: 30,
      outcome: 'unknown',
    },
  });
});

it('the holder of a lock that never expires is named all the same', () => {
  const { body } = problemAnswer(
    { problem: 'lock-held', holder: { session_id: 'A/b', resource: 'src' }, conflicts: [], retry_after: null, explain: '' },
    '/x',
  );
  const detail = 'A/b holds src; no holder has set an end. Work on something else, or ask the holder to release it.';
  expect(body).toMatchObject({ retry_after: null, detail });
});

describe('a stale lock', () => {
  const holder = { id: 'l1', session_id: 'A/b', resource: 'src', stale: true };
  const release = 'anyone may release it';
  const call = 'DELETE /api/coord/locks/l1?session_id=<yours>';
  const detailOf = (problem: HttpProblem) => problemAnswer(problem, '/x').body.detail;

  it.each([5, null])('that is in the way may be released, by a call that is named (retry_after %s)', (retry_after) => {
    const held = { problem: 'lock-held' as const, conflicts: [], retry_after, explain: '' };
    expect(detailOf({ ...held, holder })).toContain(`It is stale, so ${release} now: ${call}.`);
    expect(detailOf({ ...held, holder: { ...holder, stale: false } })).not.toContain(release);
  });
  it('is renewed by its holder alone, and the others are told how to get it', () => {
    const refused = { problem: 'not-lock-owner', to: 'renew', holder } as const;
    expect(detailOf(refused)).toBe(`Only A/b may renew the lock. It is stale, so ${release}: ${call}; then claim the resource.`);
    expect(detailOf({ ...refused, holder: { ...holder, stale: false } })).toBe(
      'Only A/b may renew the lock. Wait until it is free; then claim the resource.',
    );
  });
});

it.each([
  [{ assigned_to: 'A/b', over: null }, 'A/b has the work item. Claim another one, or ask for this one to be handed off.'],
  [
    { assigned_to: null, over: 'completed' as const },
    'The work item is completed. Claim another one, or set this one to pending first if it is to be done after all.',
  ],
])('a work item that can not be claimed is told to be taken, or over', (item, detail) => {
  expect(problemAnswer({ problem: 'work-item-taken', ...item }, '/x').body.detail).toBe(detail);
});
